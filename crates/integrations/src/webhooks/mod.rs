//! Sends events to subscribers: signed after Standard Webhooks 1.0.0, to public addresses only, with bounds on
//! time and on what is read back.

mod addresses;
mod signature;
mod target;

use std::io::Read;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::blocking::{Client, Response};
use reqwest::header::CONTENT_TYPE;

use crate::cause::deepest;
use crate::outgoing::{bounded, traced};
use addresses::PublicOnly;
use trede_model::frame::trace::TraceContext;

pub use signature::fresh_secret;
pub use target::{Target, TargetRefused};

/// The media type of an event in structured mode.
const CLOUD_EVENT: &str = "application/cloudevents+json; charset=utf-8";

/// Where events may be sent, and how patient to be with who receives them.
#[derive(Clone, Copy, Debug)]
pub struct CourierSettings {
    /// Whether subscribers may be reached without TLS and at addresses that are not public: for tests, and for
    /// networks that are closed by other means.
    pub allows_private: bool,
    /// The most time to connect.
    pub connect_within: Duration,
    /// The most time from the first byte sent to the answer.
    pub within: Duration,
    /// The most bytes of a refusal's body that are kept, as a hint for who looks why.
    pub most_excerpt: u64,
}

impl Default for CourierSettings {
    fn default() -> Self {
        Self {
            allows_private: false,
            connect_within: Duration::from_secs(5),
            within: Duration::from_secs(15),
            most_excerpt: 500,
        }
    }
}

/// A message that is to be delivered.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// Where to.
    pub url: &'a str,
    /// The same at every attempt, so that who gets it twice can tell.
    pub id: String,
    /// When it is sent: who receives it refuses what is too old.
    pub sent_at: DateTime<Utc>,
    /// What is sent.
    pub body: &'a str,
    /// The place of this attempt in a trace.
    pub trace: TraceContext,
    /// What signs it: one secret, or two while a subscriber changes over.
    pub secrets: Vec<&'a str>,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The subscriber has it.
    Accepted {
        /// The HTTP status: 2xx.
        status: u16,
    },
    /// The subscriber does not want to hear any more (410 Gone).
    Gone,
    /// Another answer; a redirection counts as one.
    Refused {
        /// The HTTP status.
        status: u16,
        /// How the body of the answer begins.
        excerpt: String,
    },
    /// No answer in time, or none at all, or an address that is not asked.
    Unreachable(String),
}

/// Delivers messages.
#[derive(Debug)]
pub struct Courier {
    settings: CourierSettings,
    // Made by the first delivery: it brings a thread of its own, and cannot be dropped where requests are served.
    client: OnceLock<Client>,
}

impl Courier {
    /// A courier with these settings.
    #[must_use]
    pub fn new(settings: CourierSettings) -> Self {
        Self { settings, client: OnceLock::new() }
    }

    /// Whether an address can be subscribed with, as far as that is seen without asking for it.
    ///
    /// # Errors
    /// [`TargetRefused`], which says what would be right.
    pub fn check(&self, url: &str) -> Result<Target, TargetRefused> {
        Target::parse(url, self.settings.allows_private)
    }

    /// Delivers a message, once. Where the name of the host leads is looked up anew, checked, and connected to.
    #[must_use]
    pub fn deliver(&self, message: &Message<'_>) -> Outcome {
        let target = match self.check(message.url) {
            Ok(target) => target,
            Err(refused) => return Outcome::Unreachable(refused.to_string()),
        };
        let signature = match signature::sign(message) {
            Ok(signature) => signature,
            Err(error) => return Outcome::Unreachable(error.to_string()),
        };
        let client = match self.client() {
            Ok(client) => client,
            Err(error) => return Outcome::Unreachable(deepest(&error)),
        };
        let sent = traced(client.post(target.into_url()), message.trace)
            .header(CONTENT_TYPE, CLOUD_EVENT)
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", message.sent_at.timestamp())
            .header("webhook-signature", signature)
            .body(message.body.to_owned())
            .send();
        match sent {
            Ok(answer) => self.outcome(answer),
            Err(error) => Outcome::Unreachable(deepest(&error)),
        }
    }

    fn outcome(&self, answer: Response) -> Outcome {
        let status = answer.status();
        match status.as_u16() {
            410 => Outcome::Gone,
            accepted if status.is_success() => Outcome::Accepted { status: accepted },
            refused => Outcome::Refused { status: refused, excerpt: self.excerpt(answer) },
        }
    }

    /// How the body begins, as text without control characters; what cannot be read is left out.
    fn excerpt(&self, answer: Response) -> String {
        let mut bytes = Vec::new();
        let _ = answer.take(self.settings.most_excerpt).read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }

    fn client(&self) -> reqwest::Result<&Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let mut builder = bounded(self.settings.connect_within, self.settings.within)
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would connect in our place, to addresses that nobody checked.
            .no_proxy()
            .pool_idle_timeout(Duration::from_secs(30));
        if !self.settings.allows_private {
            builder = builder.dns_resolver(Arc::new(PublicOnly));
        }
        let client = builder.build()?;
        Ok(self.client.get_or_init(|| client))
    }
}
