//! A party elsewhere that keeps anchors of the audit trail: it is sent them, and is sent them again when it fails.

use std::fmt;
use std::time::Duration;

use reqwest::blocking::Client;
use reqwest::header::CONTENT_TYPE;
use thiserror::Error;

use crate::cause::deepest;
use crate::outgoing::{Patience, bounded, expect_web_address};

/// The most time to connect.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// Where anchors are sent, and how patient to be.
#[derive(Clone)]
pub struct AnchorReceiverSettings {
    /// The address; it may hold credentials, so it is never shown.
    pub url: String,
    /// The most time that one attempt may take.
    pub within: Duration,
    /// How often it is tried before it counts as failed.
    pub attempts: u32,
    /// The pause before the second try; it doubles before each further one.
    pub pause: Duration,
}

impl AnchorReceiverSettings {
    /// The settings for an address, with the patience that is usual.
    #[must_use]
    pub fn of(url: String) -> Self {
        Self { url, within: Duration::from_secs(30), attempts: 5, pause: Duration::from_secs(2) }
    }
}

impl fmt::Debug for AnchorReceiverSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnchorReceiverSettings").field("attempts", &self.attempts).finish_non_exhaustive()
    }
}

/// Why anchors were not received; never with the address.
#[derive(Debug, Error)]
pub enum AnchorReceiverError {
    /// The client cannot be made, or the address is none.
    #[error("the receiver of anchors cannot be reached: {0}")]
    Unfit(String),
    /// No answer in time, or it broke off.
    #[error("the receiver of anchors did not answer: {0}")]
    Unreachable(String),
    /// It answered with a failure, or with a redirection, which is not followed.
    #[error("the receiver of anchors answered {0}")]
    Refused(u16),
}

impl AnchorReceiverError {
    /// Whether another try can end better.
    fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused(status) => *status >= 500 || *status == 429 || *status == 408,
            Self::Unfit(_) => false,
        }
    }
}

/// A client of who keeps anchors.
#[derive(Debug)]
pub struct AnchorReceiver {
    http: Client,
    settings: AnchorReceiverSettings,
}

impl AnchorReceiver {
    /// A client with these settings.
    ///
    /// # Errors
    /// [`AnchorReceiverError::Unfit`] when the address is none that can be reached.
    pub fn new(settings: AnchorReceiverSettings) -> Result<Self, AnchorReceiverError> {
        expect_web_address(&settings.url).map_err(AnchorReceiverError::Unfit)?;
        let http = bounded(CONNECT_WITHIN, settings.within)
            .build()
            .map_err(|error| AnchorReceiverError::Unfit(deepest(&error)))?;
        Ok(Self { http, settings })
    }

    /// Sends a JSON document, and again after a pause while the receiver fails. It was received when the answer is 2xx.
    ///
    /// # Errors
    /// [`AnchorReceiverError`] of the last try.
    pub fn send(&self, document: &str) -> Result<(), AnchorReceiverError> {
        let patience = Patience { attempts: self.settings.attempts, pause: self.settings.pause };
        patience
            .tried("anchors will be sent again", AnchorReceiverError::is_passing, || self.try_once(document))
    }

    fn try_once(&self, document: &str) -> Result<(), AnchorReceiverError> {
        let asked = self.http.post(&self.settings.url).header(CONTENT_TYPE, "application/json");
        let answer = asked
            .body(document.to_owned())
            .send()
            .map_err(|error| AnchorReceiverError::Unreachable(deepest(&error)))?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(AnchorReceiverError::Refused(status.as_u16())) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread::{JoinHandle, spawn};

    use super::*;

    /// A receiver that answers each request with the next of these, and tells what it was sent.
    fn receiver(answers: Vec<&'static str>) -> (String, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://token:geheim@{}/anchors", listener.local_addr().unwrap());
        let received = spawn(move || {
            let mut received = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut text = String::new();
                while !text.ends_with("\r\n\r\n{\"anchors\":[]}") {
                    let mut bytes = [0; 4096];
                    let read = stream.read(&mut bytes).unwrap();
                    assert_ne!(read, 0, "{text}");
                    text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
                }
                received.push(text);
                let head = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.write_all(head.as_bytes()).unwrap();
            }
            received
        });
        (url, received)
    }

    fn sent(url: String) -> Result<(), AnchorReceiverError> {
        let settings = AnchorReceiverSettings {
            attempts: 3,
            pause: Duration::from_millis(1),
            ..AnchorReceiverSettings::of(url)
        };
        AnchorReceiver::new(settings).unwrap().send("{\"anchors\":[]}")
    }

    #[test]
    fn anchors_are_sent_again_while_the_receiver_fails() {
        let (url, received) = receiver(vec!["503 Busy", "500 Failed", "204 Received"]);
        sent(url).unwrap();
        let received = received.join().unwrap();
        assert_eq!(received.len(), 3);
        assert!(received.iter().all(|text| text.starts_with("POST /anchors HTTP/1.1\r\n")));
        assert!(received[2].to_ascii_lowercase().contains("content-type: application/json"));
    }

    #[test]
    fn a_redirection_is_not_followed_and_a_refusal_not_asked_again() {
        let elsewhere = "307 Elsewhere\r\nlocation: http://127.0.0.1:1/other";
        for (answer, status) in [(elsewhere, 307), ("403 Refused", 403)] {
            let (url, received) = receiver(vec![answer]);
            assert!(matches!(sent(url), Err(AnchorReceiverError::Refused(found)) if found == status));
            assert_eq!(received.join().unwrap().len(), 1);
        }
    }

    #[test]
    fn a_dead_receiver_is_told_without_its_address_and_is_an_end() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let error = sent(format!("http://token:geheim@{free}/anchors")).unwrap_err();
        assert!(matches!(error, AnchorReceiverError::Unreachable(_)));
        assert!(!error.to_string().contains("geheim"), "{error}");
        let settings = AnchorReceiverSettings::of("http://token:geheim@example.nl".to_owned());
        let client = AnchorReceiver::new(settings).unwrap();
        assert!(!format!("{client:?}").contains("geheim"), "{client:?}");
        let unfit = AnchorReceiver::new(AnchorReceiverSettings::of("ftp://example.nl".to_owned()));
        assert!(matches!(unfit, Err(AnchorReceiverError::Unfit(_))));
    }
}
