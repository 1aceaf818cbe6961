//! Where a connection to PostgreSQL goes when the program was built without TLS to it.
//!
//! libpq without TLS would send everything in the clear, and its default (`sslmode=prefer`) says nothing of
//! it. So a program without the feature `postgres-tls` connects to this machine only, unless the URL says
//! `sslmode=disable`. The URL is read as libpq reads it
//! (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS>); what cannot be read so
//! counts as another machine.

use std::net::IpAddr;

use thiserror::Error;

/// Whether this program can speak TLS to PostgreSQL.
const HAS_TLS: bool = cfg!(feature = "postgres-tls");

/// A connection that would need TLS, in a program that was built without it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TransportError {
    /// The database is on another machine.
    #[error(
        "PostgreSQL at {0} is not on this machine, and this program was built without TLS to PostgreSQL, so \
         everything would be sent in the clear: build with `--features postgres-tls` (or `full`), or say \
         `sslmode=disable` in DATABASE_URL if the network in between is closed"
    )]
    Elsewhere(String),
    /// The URL asks for TLS.
    #[error(
        "DATABASE_URL says `{0}`, and this program was built without TLS to PostgreSQL: build with \
         `--features postgres-tls` (or `full`)"
    )]
    Asked(String),
}

/// Checks a URL of PostgreSQL before anything is sent.
///
/// # Errors
/// [`TransportError`] when TLS is needed and this program has none.
pub(super) fn check(url: &str) -> Result<(), TransportError> {
    if HAS_TLS { Ok(()) } else { check_without_tls(url, environment) }
}

/// What libpq reads from the environment by itself, beside the URL.
#[allow(clippy::disallowed_methods)]
fn environment(variable: &str) -> Option<String> {
    std::env::var_os(variable).map(|value| value.to_string_lossy().into_owned())
}

fn check_without_tls(url: &str, environment: impl Fn(&str) -> Option<String>) -> Result<(), TransportError> {
    let target = Target::of(url);
    match target.last("sslmode") {
        Some("disable") => return Ok(()),
        // These two fall back to the clear, as the default does.
        None | Some("allow" | "prefer") => {}
        Some(asked) => return Err(TransportError::Asked(format!("sslmode={asked}"))),
    }
    let known = |parameter, variable| {
        let said = target.last(parameter).filter(|said| !said.is_empty());
        said.map(str::to_owned).or_else(|| environment(variable)).filter(|said| !said.is_empty())
    };
    if let Some(service) = known("service", "PGSERVICE") {
        return Err(TransportError::Elsewhere(format!("the service `{service}` of libpq")));
    }
    // An address goes before the name in the same place of the list.
    let addresses = known("hostaddr", "PGHOSTADDR").unwrap_or_default();
    let names = known("host", "PGHOST").unwrap_or_default();
    let (mut addresses, mut names) = (addresses.split(','), names.split(','));
    loop {
        let place = match (addresses.next(), names.next()) {
            (None, None) => return Ok(()),
            (Some(place), _) if !place.is_empty() => place,
            (_, Some(place)) => place,
            (_, None) => "",
        };
        if !is_local(place) {
            return Err(TransportError::Elsewhere(format!("`{place}`")));
        }
    }
}

/// No host is the socket of this machine, as is one that is a path or an abstract name.
fn is_local(host: &str) -> bool {
    host.is_empty()
        || host.starts_with(['/', '@'])
        || host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// What a URL says of where to connect.
struct Target {
    /// Name and value, percent-decoded; of two with one name the last counts.
    parameters: Vec<(String, String)>,
}

impl Target {
    fn of(url: &str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        // As libpq: an `@` before the first slash ends the name and password.
        let hosts = match rest.find(['@', '/']).map(|at| rest.split_at(at)) {
            Some((_, after)) if after.starts_with('@') => after.get(1..).unwrap_or_default(),
            _ => rest,
        };
        let (before, query) = hosts.split_once('?').unwrap_or((hosts, ""));
        let (hosts, _database) = before.split_once('/').unwrap_or((before, ""));
        let names: Vec<_> = hosts.split(',').map(|host| decoded(without_port(host))).collect();
        let mut parameters = vec![("host".to_owned(), names.join(","))];
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parameters.push(match (decoded(name), decoded(value)) {
                // What JDBC writes; libpq takes it so.
                (name, value) if name == "ssl" && value == "true" => ("sslmode".into(), "require".into()),
                said => said,
            });
        }
        Self { parameters }
    }

    fn last(&self, name: &str) -> Option<&str> {
        self.parameters.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A host without the port behind it; an address of IPv6 stands in brackets.
fn without_port(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((address, _)) => address,
        None => host.split_once(':').map_or(host, |(name, _)| name),
    }
}

/// The text with `%2F` and the like resolved; what is not percent-encoded stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{TransportError, check_without_tls};

    fn nothing(_: &str) -> Option<String> {
        None
    }

    fn is_elsewhere(url: &str) -> bool {
        matches!(check_without_tls(url, nothing), Err(TransportError::Elsewhere(_)))
    }

    #[test]
    fn a_database_on_this_machine_is_reached_without_tls() {
        for url in [
            "postgres:///trede",
            "postgres://trede@/trede?host=/var/run/postgresql",
            "postgres://%2Fvar%2Frun%2Fpostgresql/trede",
            "postgres://trede:secret@localhost:5432/trede",
            "postgres://trede:p%40ss@127.0.0.1/trede?sslmode=prefer",
            "postgresql://[::1]:5432/trede",
            "postgres://127.0.0.2,localhost:5433/trede",
            "postgres://db.example.nl/trede?hostaddr=127.0.0.1",
        ] {
            assert_eq!(check_without_tls(url, nothing), Ok(()), "{url}");
        }
    }

    #[test]
    fn a_database_elsewhere_is_refused_without_tls() {
        for url in [
            "postgres://trede@db.example.nl/trede",
            "postgres://10.0.0.5:5432/trede",
            "postgres://localhost,db.example.nl/trede",
            "postgres://localhost/trede?host=db.example.nl",
            "postgres://localhost/trede?host=/tmp&host=db.example.nl",
            "postgres://localhost/trede?host%61ddr=10.0.0.5",
            "postgres://localhost/trede?hostaddr=10.0.0.5",
            "postgres://localhost,db.example.nl/trede?hostaddr=127.0.0.1,",
            "postgres://localhost/trede?service=elders",
            "postgres://trede@localhost@db.example.nl/trede",
            "postgres://[2001:db8::1]/trede",
            "postgres://localhost.example.nl/trede",
            "postgres://db.example.nl?sslmode=allow",
            "postgres://db.example.nl/trede?sslmode=disable&sslmode=prefer",
        ] {
            assert!(is_elsewhere(url), "{url}");
        }
    }

    #[test]
    fn who_says_that_the_network_is_closed_connects_in_the_clear() {
        for url in [
            "postgres://trede@db.example.nl/trede?sslmode=disable",
            "postgres://db.example.nl/trede?sslmode=prefer&sslmode=disable",
        ] {
            assert_eq!(check_without_tls(url, nothing), Ok(()), "{url}");
        }
    }

    #[test]
    fn tls_that_is_asked_for_is_not_left_out() {
        for url in [
            "postgres://localhost/trede?sslmode=require",
            "postgres://db.example.nl/trede?sslmode=verify-full",
            "postgres://db.example.nl/trede?ssl=true",
            "postgres://db.example.nl/trede?sslmode=disable&ssl=true",
        ] {
            let outcome = check_without_tls(url, nothing);
            assert!(matches!(outcome, Err(TransportError::Asked(_))), "{url}: {outcome:?}");
        }
    }

    #[test]
    fn what_libpq_reads_from_the_environment_counts_where_the_url_is_silent() {
        let told = |name: &'static str, value: &'static str| {
            move |variable: &str| (variable == name).then(|| value.to_owned())
        };
        for (name, value) in
            [("PGHOST", "db.example.nl"), ("PGHOSTADDR", "10.0.0.5"), ("PGSERVICE", "elders")]
        {
            let outcome = check_without_tls("postgres:///trede", told(name, value));
            assert!(matches!(outcome, Err(TransportError::Elsewhere(_))), "{name}: {outcome:?}");
        }
        // A name in the URL goes before that of the environment; an address before a name.
        let outcome = check_without_tls("postgres://localhost/trede", told("PGHOST", "db.example.nl"));
        assert_eq!(outcome, Ok(()));
        assert_eq!(check_without_tls("postgres:///trede", told("PGHOST", "/run/postgresql")), Ok(()));
        let outcome = check_without_tls("postgres://localhost/trede", told("PGHOSTADDR", "10.0.0.5"));
        assert!(outcome.is_err());
    }

    #[test]
    fn the_password_is_in_no_message() {
        let outcome = check_without_tls("postgres://trede:geheim@db.example.nl/trede", nothing);
        assert!(!outcome.unwrap_err().to_string().contains("geheim"));
    }
}
