//! How the values of variables are read; each error says what would be right.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

type Read<T> = Result<T, String>;

pub(super) fn address(text: &str) -> Read<SocketAddr> {
    text.parse().map_err(|_| "an address and port, such as 127.0.0.1:8080".to_owned())
}

/// A whole number that is not zero.
pub(super) fn number<T: FromStr>(text: &str) -> Read<T> {
    text.parse().map_err(|_| "a whole number of at least 1".to_owned())
}

pub(super) fn minutes(text: &str) -> Read<u32> {
    text.parse().map_err(|_| "a whole number of minutes".to_owned())
}

pub(super) fn days(text: &str) -> Read<u32> {
    text.parse().map_err(|_| "a whole number of days".to_owned())
}

pub(super) fn megabytes(text: &str) -> Read<u64> {
    text.parse().map_err(|_| "a whole number of megabytes".to_owned())
}

/// Without its trailing slashes.
pub(super) fn public_url(text: &str) -> Read<String> {
    let trimmed = text.trim_end_matches('/');
    if trimmed.starts_with("https://") || trimmed.starts_with("http://") {
        return Ok(trimmed.to_owned());
    }
    Err("a URL that starts with https:// or http://".to_owned())
}

/// A word that cannot be set by accident.
pub(super) fn allowed(text: &str) -> Read<bool> {
    match text {
        "" => Ok(false),
        "allowed" => Ok(true),
        _ => Err("the word allowed, or nothing".to_owned()),
    }
}

/// How many requests a minute; none: as many as come.
pub(super) fn rate(text: &str) -> Read<Option<NonZeroU32>> {
    if text == "off" {
        return Ok(None);
    }
    let number = text.parse().map(Some);
    number.map_err(|_| "a number of requests a minute of at least 1, or off".to_owned())
}

pub(super) fn list(text: &str) -> Read<Vec<String>> {
    let entries = text.split(',').map(|entry| entry.trim().to_owned());
    Ok(entries.filter(|entry| !entry.is_empty()).collect())
}

/// An origin is a scheme, a host and perhaps a port (RFC 6454); a browser sends nothing more.
pub(super) fn origins(text: &str) -> Read<Vec<String>> {
    let is_origin = |entry: &String| {
        let host = entry.strip_prefix("https://").or_else(|| entry.strip_prefix("http://"));
        host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', '?', '#', ' ']))
    };
    let entries = list(text)?;
    let fit = entries.iter().all(is_origin);
    let expected = "origins such as https://inkoop.example.nl, without a path, separated by commas";
    fit.then_some(entries).ok_or_else(|| expected.to_owned())
}

/// Where somebody can be reached.
pub(super) fn reachable(text: &str) -> Read<Vec<String>> {
    let fits = |entry: &String| {
        let begins = entry.starts_with("https://") || entry.starts_with("mailto:");
        begins && !entry.chars().any(char::is_whitespace)
    };
    let entries = list(text)?;
    let fit = entries.iter().all(fits);
    let expected = "addresses that begin with https:// or mailto:, separated by commas";
    fit.then_some(entries).ok_or_else(|| expected.to_owned())
}

/// An issuer is a URL and may hold `=`, a file name seldom does: the last `=` divides.
pub(super) fn issuers(text: &str) -> Read<Vec<(String, PathBuf)>> {
    let mut issuers: Vec<(String, PathBuf)> = Vec::new();
    for entry in list(text)? {
        let divided = entry.rsplit_once('=');
        let named = divided.filter(|(issuer, file)| !issuer.is_empty() && !file.is_empty());
        // A second file for an issuer would silently take the place of the first.
        let new = named.filter(|(issuer, _)| issuers.iter().all(|(known, _)| known != issuer));
        let Some((issuer, file)) = new else {
            return Err(
                "entries ISSUER=FILE, separated by commas, each issuer once; several keys of one issuer \
                        stand together in one JWKS file"
                    .to_owned(),
            );
        };
        issuers.push((issuer.to_owned(), PathBuf::from(file)));
    }
    Ok(issuers)
}
