//! The least HTTP that writes something and knows whether it was acknowledged.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trede_model::tendering::lot::LotPath;

use crate::survival::server::Server;

pub struct Answer {
    pub status: u16,
    /// The header fields, as they came.
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Bids on the lot; an error when no whole answer came back.
pub fn bid(server: &Server, at: LotPath, kvk: &str) -> io::Result<Answer> {
    let body = json!({
        "bidderKvkNumber": kvk,
        "offer": { "bidderName": "Groen & Zonen", "price": "100000" }
    });
    write(server, &server.token, &format!("/v1/municipalities/{}/{at}/bids", at.municipality), &body)
}

/// Sends a body; an error when no whole answer came back.
pub fn write(server: &Server, token: &str, path: &str, body: &Value) -> io::Result<Answer> {
    write_with(server, token, path, "", body)
}

/// Sends a body with further header fields, each with its line break.
pub fn write_with(
    server: &Server,
    token: &str,
    path: &str,
    fields: &str,
    body: &Value,
) -> io::Result<Answer> {
    let body = body.to_string();
    let mut stream = TcpStream::connect(server.address)?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n{fields}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        server.address,
        token,
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let cut_off = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut_off)?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(cut_off)?;
    let whole = head.lines().any(|line| {
        line.to_lowercase().strip_prefix("content-length: ") == Some(body.len().to_string().as_str())
    });
    if whole { Ok(Answer { status, head: head.to_owned(), body: body.to_owned() }) } else { Err(cut_off()) }
}

/// The status of an answer to a question without a token, and how long it took.
pub fn timed_get(server: &Server, path: &str) -> (u16, Duration) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(server.address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    (status.unwrap(), begun.elapsed())
}
