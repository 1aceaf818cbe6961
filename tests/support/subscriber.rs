//! A subscriber to events that answers as the test says, and keeps what it was sent.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How a message is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// With a status.
    Status(u16),
    /// With a redirection to an address.
    Redirect(String),
    /// With 200, after a while.
    Slow(Duration),
    /// Not at all.
    HangUp,
}

/// A message as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// The headers, their names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Received {
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// What happened and to what.
    pub fn told(&self) -> (String, String) {
        let event = self.event();
        (event["type"].as_str().unwrap().to_owned(), event["subject"].as_str().unwrap().to_owned())
    }
}

#[derive(Default)]
struct State {
    received: Vec<Received>,
    replies: VecDeque<Reply>,
}

/// A subscriber on a port of this machine.
pub struct Subscriber {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Subscriber {
    /// Listens; answers 204 unless told otherwise.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || answer(stream, &shared));
            }
        });
        Self { address, state }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Answers the next messages so, each with one of these.
    pub fn reply(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state.lock().unwrap().replies.extend(replies);
    }

    pub fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// What was told, in order.
    pub fn told(&self) -> Vec<(String, String)> {
        self.received().iter().map(Received::told).collect()
    }

    /// Waits until so many messages came in.
    #[track_caller]
    pub fn wait_for(&self, number: usize, at_most: Duration) -> Vec<Received> {
        let end = Instant::now() + at_most;
        loop {
            let received = self.received();
            if received.len() >= number {
                return received;
            }
            assert!(Instant::now() < end, "{} of {number} messages came", received.len());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) {
    let Some(received) = read(&stream) else { return };
    let reply = {
        let mut state = state.lock().unwrap();
        state.received.push(received);
        state.replies.pop_front().unwrap_or(Reply::Status(204))
    };
    let head = match reply {
        Reply::Status(status) => format!("HTTP/1.1 {status} X\r\n"),
        Reply::Redirect(to) => format!("HTTP/1.1 307 X\r\nLocation: {to}\r\n"),
        Reply::Slow(pause) => {
            std::thread::sleep(pause);
            "HTTP/1.1 200 X\r\n".to_owned()
        }
        Reply::HangUp => return,
    };
    let body = if head.contains(" 204 ") { String::new() } else { "out of order\n".repeat(1000) };
    let _ = write!(stream, "{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").map_or(Ok(0), |length| length.parse()).ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Received { headers, body: String::from_utf8(body).ok()? })
}
