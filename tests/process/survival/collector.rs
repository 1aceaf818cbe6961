//! A collector of traces that keeps what it is sent (OTLP over HTTP, protobuf), or does not answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A span as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub trace_id: String,
    pub span_id: String,
    pub parent_span_id: String,
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub events: usize,
    pub failed: bool,
    /// Of the resource that sent it.
    pub service: String,
}

impl Span {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Default)]
struct Received {
    spans: Vec<Span>,
    bytes: Vec<u8>,
}

pub struct Collector {
    address: SocketAddr,
    received: Arc<Mutex<Received>>,
}

impl Collector {
    /// Listens; answers after that time.
    pub fn start(after: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::<Mutex<Received>>::default();
        let shared = Arc::clone(&received);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || take(stream, after, &shared));
            }
        });
        Self { address, received }
    }

    pub fn url(&self) -> String {
        format!("http://{}/v1/traces", self.address)
    }

    pub fn spans(&self) -> Vec<Span> {
        self.received.lock().unwrap().spans.clone()
    }

    /// All that was ever sent, as it came.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.received.lock().unwrap().bytes).into_owned()
    }

    #[track_caller]
    pub fn wait_for(&self, number: usize, at_most: Duration) -> Vec<Span> {
        let end = Instant::now() + at_most;
        while self.spans().len() < number {
            assert!(Instant::now() < end, "{} of {number} spans came", self.spans().len());
            std::thread::sleep(Duration::from_millis(50));
        }
        self.spans()
    }
}

fn take(mut stream: TcpStream, after: Duration, received: &Mutex<Received>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        let length = head.lines().find_map(|line| {
            line.to_lowercase().strip_prefix("content-length: ").map(|length| length.parse().unwrap())
        });
        let mut body = vec![0; length.unwrap()];
        reader.read_exact(&mut body).unwrap();
        std::thread::sleep(after);
        let mut received = received.lock().unwrap();
        received.spans.extend(spans(&body));
        received.bytes.extend_from_slice(head.as_bytes());
        received.bytes.extend_from_slice(&body);
        drop(received);
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// A field of a protobuf message: its number, and what it holds.
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a protobuf message, as they stand on the wire.
fn fields(mut message: &[u8]) -> Vec<(u64, Value<'_>)> {
    let mut found = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message);
        let value = match key & 7 {
            0 => Value::Number(varint(&mut message)),
            1 => Value::Bytes(split(&mut message, 8)),
            2 => {
                let length = varint(&mut message);
                Value::Bytes(split(&mut message, usize::try_from(length).unwrap()))
            }
            5 => Value::Bytes(split(&mut message, 4)),
            other => panic!("wire type {other}"),
        };
        found.push((key >> 3, value));
    }
    found
}

fn varint(message: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let byte = split(message, 1)[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    value
}

fn split<'a>(message: &mut &'a [u8], at: usize) -> &'a [u8] {
    let (first, rest) = message.split_at(at);
    *message = rest;
    first
}

/// The messages in a field.
fn each(message: &[u8], field: u64) -> Vec<&[u8]> {
    let of_field = fields(message).into_iter().filter(|(number, _)| *number == field);
    of_field
        .filter_map(|(_, value)| match value {
            Value::Bytes(bytes) => Some(bytes),
            Value::Number(_) => None,
        })
        .collect()
}

fn text(message: &[u8], field: u64) -> String {
    each(message, field).first().map_or(String::new(), |bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

fn hex(message: &[u8], field: u64) -> String {
    each(message, field).concat().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Key and value of the attributes in a field.
fn attributes(message: &[u8], field: u64) -> Vec<(String, String)> {
    let value = |attribute: &[u8]| match fields(each(attribute, 2)[0]).first() {
        Some((_, Value::Bytes(bytes))) => String::from_utf8(bytes.to_vec()).unwrap(),
        Some((_, Value::Number(number))) => number.to_string(),
        None => String::new(),
    };
    each(message, field).into_iter().map(|one| (text(one, 1), value(one))).collect()
}

/// The spans of an `ExportTraceServiceRequest`.
fn spans(request: &[u8]) -> Vec<Span> {
    let mut found = Vec::new();
    for of_resource in each(request, 1) {
        let resource = attributes(each(of_resource, 1)[0], 1);
        let service = resource.into_iter().find(|(key, _)| key == "service.name").unwrap().1;
        for span in each(of_resource, 2).into_iter().flat_map(|of_scope| each(of_scope, 2)) {
            let status = each(span, 15).into_iter().flat_map(fields);
            found.push(Span {
                trace_id: hex(span, 1),
                span_id: hex(span, 2),
                parent_span_id: hex(span, 4),
                name: text(span, 5),
                attributes: attributes(span, 9),
                events: each(span, 11).len(),
                failed: status
                    .into_iter()
                    .any(|(field, value)| field == 3 && matches!(value, Value::Number(2))),
                service: service.clone(),
            });
        }
    }
    found
}
