//! How other systems are asked: under the service's own name, with bounds on time.

use std::fmt::Display;
use std::time::Duration;

use reqwest::blocking::{Client, ClientBuilder, RequestBuilder};
use reqwest::redirect::Policy;

use trede_model::frame::trace::TraceContext;

/// A client that names itself and waits no longer than that. It follows no redirection: who is asked is who was
/// configured.
pub(super) fn bounded(connect_within: Duration, within: Duration) -> ClientBuilder {
    Client::builder()
        .connect_timeout(connect_within)
        .timeout(within)
        .redirect(Policy::none())
        .user_agent(concat!("trede/", env!("CARGO_PKG_VERSION")))
}

/// A client of the system at that address, without a slash at its end from now on. It follows no redirection: the
/// credentials are for that address alone.
///
/// # Errors
/// Why the address is none that can be asked.
pub(super) fn client_at(
    url: &mut String,
    connect_within: Duration,
    within: Duration,
) -> Result<Client, String> {
    expect_web_address(url)?;
    url.truncate(url.trim_end_matches('/').len());
    bounded(connect_within, within).build().map_err(|error| error.to_string())
}

/// The question with its place in the trace, so that who is asked can tell what it belongs to (W3C Trace Context).
pub(super) fn traced(question: RequestBuilder, trace: TraceContext) -> RequestBuilder {
    question.header("traceparent", trace.to_string())
}

/// How often another system is tried, and with which pauses between.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// How often before it counts as failed.
    pub attempts: u32,
    /// Before the second try; doubled before each further one.
    pub pause: Duration,
}

impl Patience {
    /// Tries until it succeeds, until another try could end no better, or until patience is over: then the outcome of the
    /// last try. `will` says for the log what will be done again.
    ///
    /// # Errors
    /// That of the last try.
    pub(super) fn tried<T, E: Display>(
        self,
        will: &'static str,
        is_passing: impl Fn(&E) -> bool,
        mut try_once: impl FnMut() -> Result<T, E>,
    ) -> Result<T, E> {
        let mut pause = self.pause;
        let mut attempt = 1;
        loop {
            match try_once() {
                Err(error) if is_passing(&error) && attempt < self.attempts => {
                    tracing::warn!(%error, attempt, "{will}");
                    std::thread::sleep(pause);
                    pause = pause.saturating_mul(2);
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }
}

/// # Errors
/// Why it is no address on the web.
pub(super) fn expect_web_address(url: &str) -> Result<(), String> {
    let address = reqwest::Url::parse(url).map_err(|error| error.to_string())?;
    if matches!(address.scheme(), "http" | "https") {
        return Ok(());
    }
    Err("the address must begin with https:// or http://".to_owned())
}
