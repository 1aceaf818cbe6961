//! The address of a subscriber.

use std::net::IpAddr;

use reqwest::Url;
use thiserror::Error;

use super::addresses::is_public;

/// The most characters of an address.
const MOST: usize = 2_000;

/// An address that events can be sent to, as far as that is seen without asking for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(Url);

/// Why an address is not sent to.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TargetRefused {
    /// It is no URL.
    #[error("this is no URL, such as https://platform.example.nl/trede")]
    NotAnUrl,
    /// It is too long.
    #[error("at most {MOST} characters")]
    TooLong,
    /// It asks for another protocol.
    #[error("the URL must begin with https://")]
    Scheme,
    /// It holds a name or a password, which would stand in lists; or a fragment, which is not sent.
    #[error("the URL holds no user name, password or fragment")]
    Extras,
    /// It leads to an address that is not public.
    #[error("the host must be reachable at a public address")]
    NotPublic,
}

impl Target {
    pub(super) fn parse(text: &str, allows_private: bool) -> Result<Self, TargetRefused> {
        if text.chars().count() > MOST {
            return Err(TargetRefused::TooLong);
        }
        let url = Url::parse(text).map_err(|_| TargetRefused::NotAnUrl)?;
        if url.scheme() != "https" && !(allows_private && url.scheme() == "http") {
            return Err(TargetRefused::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(TargetRefused::Extras);
        }
        let host = url.host_str().ok_or(TargetRefused::NotAnUrl)?;
        if !allows_private && leads_inside(host) {
            return Err(TargetRefused::NotPublic);
        }
        Ok(Self(url))
    }

    pub(super) fn into_url(self) -> Url {
        self.0
    }
}

/// Whether a host is written as an address that is not public, or named as the machine itself. Other names are
/// looked up when something is sent. The parser has made one form of all ways to write an IPv4 address.
fn leads_inside(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(address) => !is_public(address),
        Err(_) => {
            let name = bare.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost") || name.ends_with(".internal")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_inside_is_refused_in_every_way_of_writing_it() {
        for inside in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://169.254.169.254/latest/meta-data",
            "https://metadata.google.internal/",
            "https://１２７.0.0.1/",
        ] {
            assert_eq!(Target::parse(inside, false), Err(TargetRefused::NotPublic), "{inside}");
        }
    }

    #[test]
    fn an_address_says_what_is_wrong_with_it() {
        let refused = |text| Target::parse(text, false).unwrap_err();
        assert_eq!(refused("platform.example.nl"), TargetRefused::NotAnUrl);
        assert_eq!(refused("http://platform.example.nl"), TargetRefused::Scheme);
        assert_eq!(refused("file:///etc/passwd"), TargetRefused::Scheme);
        assert_eq!(refused("https://a:b@platform.example.nl"), TargetRefused::Extras);
        assert_eq!(refused("https://platform.example.nl/#x"), TargetRefused::Extras);
        assert_eq!(refused(&format!("https://a.nl/{}", "x".repeat(2000))), TargetRefused::TooLong);
        assert!(Target::parse("https://platform.example.nl/trede?x=1", false).is_ok());
    }

    #[test]
    fn what_is_closed_by_other_means_can_be_reached_inside() {
        assert!(Target::parse("http://127.0.0.1:9000/", true).is_ok());
        assert_eq!(Target::parse("ftp://127.0.0.1/", true), Err(TargetRefused::Scheme));
    }
}
