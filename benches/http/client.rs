//! A load as light as it can be: requests made beforehand, answers read by their length.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many clients ask at the same time.
const CLIENTS: usize = 4;

/// Makes the bytes of the next request.
pub trait Load: Sync {
    fn next(&self) -> Vec<u8>;
}

/// The same request each time.
pub struct Same(pub Vec<u8>);

impl Load for Same {
    fn next(&self) -> Vec<u8> {
        self.0.clone()
    }
}

/// A request with another KvK number each time, in the place of `00000000`.
pub struct EachBidder {
    pub request: Vec<u8>,
    pub number: &'static AtomicU32,
}

impl Load for EachBidder {
    fn next(&self) -> Vec<u8> {
        let number = format!("{:08}", self.number.fetch_add(1, Ordering::Relaxed));
        let mut request = self.request.clone();
        let wanted = b"00000000";
        let places: Vec<_> = (0..request.len() - 8).filter(|at| &request[*at..*at + 8] == wanted).collect();
        for at in places {
            request[at..at + 8].copy_from_slice(number.as_bytes());
        }
        request
    }
}

/// The bytes of a request.
pub fn request(method: &str, path: &str, token: &str, body: Option<&str>) -> Vec<u8> {
    let body = body.unwrap_or_default();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Requests a second that are answered with success.
pub fn rate(address: SocketAddr, load: &dyn Load, during: Duration) -> f64 {
    let started = Instant::now();
    let answered: usize = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(move || {
                    let mut connection = Connection::open(address);
                    let mut answered = 0;
                    while started.elapsed() < during {
                        let (status, body) = connection.ask(&load.next());
                        assert!(status < 300, "{status}: {}", String::from_utf8_lossy(&body));
                        answered += 1;
                    }
                    answered
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    answered as f64 / started.elapsed().as_secs_f64()
}

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: vec![0; 256 * 1024] }
    }

    /// Sends a request and reads its answer: the status and the body.
    pub fn ask(&mut self, request: &[u8]) -> (u16, Vec<u8>) {
        self.stream.write_all(request).unwrap();
        let mut filled = 0;
        loop {
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
            let read = self.stream.read(&mut self.buffer[filled..]).unwrap();
            assert!(read > 0, "the server closed the connection");
            filled += read;
            let Some(head) = self.buffer[..filled].windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
                continue;
            };
            let text = std::str::from_utf8(&self.buffer[..head]).unwrap();
            let length: usize = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            let whole = head + 4 + length;
            if filled >= whole {
                return (text[9..12].parse().unwrap(), self.buffer[head + 4..whole].to_vec());
            }
            if self.buffer.len() < whole {
                self.buffer.resize(whole, 0);
            }
        }
    }
}
