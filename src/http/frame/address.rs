//! From which address a request comes, also behind proxies.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use actix_web::http::header::HeaderMap;
use thiserror::Error;

/// A text that names no network.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a network is an address with or without the length of its prefix, such as 10.0.0.0/8 or ::1")]
pub struct MalformedNetwork;

/// A range of addresses (CIDR, RFC 4632).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    prefix: u32,
}

impl FromStr for Network {
    type Err = MalformedNetwork;

    fn from_str(text: &str) -> Result<Self, MalformedNetwork> {
        let (address, prefix) =
            text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let first: IpAddr = address.parse().map_err(|_| MalformedNetwork)?;
        let longest = if first.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => longest,
            Some(text) => text.parse().map_err(|_| MalformedNetwork)?,
        };
        if prefix > longest { Err(MalformedNetwork) } else { Ok(Self { first, prefix }) }
    }
}

impl Network {
    /// Whether the address lies in the network. An IPv4 address that came over an IPv6 socket is IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(other)) => {
                same_prefix(first.to_bits().into(), other.to_bits().into(), 32 - self.prefix)
            }
            (IpAddr::V6(first), IpAddr::V6(other)) => {
                same_prefix(first.to_bits(), other.to_bits(), 128 - self.prefix)
            }
            _ => false,
        }
    }
}

/// Whether two addresses are the same but for their last bits.
fn same_prefix(one: u128, other: u128, last_bits: u32) -> bool {
    (one ^ other).checked_shr(last_bits).unwrap_or_default() == 0
}

/// The client's address: the peer's, or, when that is a trusted proxy, the last one in `X-Forwarded-For` that is
/// none. What stands before it anybody can have written.
#[must_use]
pub fn of_client(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[Network]) -> Option<IpAddr> {
    let peer = peer?.to_canonical();
    let is_trusted = |address: IpAddr| proxies.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return Some(peer);
    }
    let lines: Vec<_> = headers.get_all("x-forwarded-for").filter_map(|line| line.to_str().ok()).collect();
    let mut nearest = peer;
    for text in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        // What a proxy wrote is an address; anything else did not come from it.
        let Ok(address) = text.trim().parse::<IpAddr>() else { break };
        nearest = address.to_canonical();
        if !is_trusted(nearest) {
            break;
        }
    }
    Some(nearest)
}

/// What counts as one place: an IPv6 address stands for its /64, which one subscriber has.
#[must_use]
pub fn place_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = ["10.0.0.0/8", "::1"].map(|text| text.parse().unwrap());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            let value = HeaderValue::from_str(line).unwrap();
            headers.append(HeaderName::from_static("x-forwarded-for"), value);
        }
        of_client(peer.parse().ok(), &headers, &proxies).unwrap().to_string()
    }

    #[test]
    fn only_a_trusted_proxy_can_tell_another_address() {
        assert_eq!(client("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(client("10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(client("::ffff:10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn what_a_client_writes_before_the_proxies_is_not_believed() {
        assert_eq!(client("10.1.2.3", &["203.0.113.9, 198.51.100.1, 10.9.9.9"]), "198.51.100.1");
        assert_eq!(client("10.1.2.3", &["203.0.113.9", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.1.2.3", &["203.0.113.9, nonsense"]), "10.1.2.3");
    }

    #[test]
    fn a_network_is_read_or_refused() {
        let network: Network = "192.0.2.128/25".parse().unwrap();
        assert!(network.contains("192.0.2.200".parse().unwrap()));
        assert!(!network.contains("192.0.2.7".parse().unwrap()));
        assert!("0.0.0.0/0".parse::<Network>().unwrap().contains("192.0.2.7".parse().unwrap()));
        assert!("::/0".parse::<Network>().unwrap().contains("2001:db8::7".parse().unwrap()));
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "::1/129", "proxy", "10.0.0.0/"] {
            assert_eq!(wrong.parse::<Network>(), Err(MalformedNetwork), "{wrong}");
        }
    }

    #[test]
    fn addresses_of_one_subscriber_are_one_place() {
        let place = |text: &str| place_of(text.parse().unwrap());
        assert_eq!(place("2001:db8:1:2:aaaa::1"), place("2001:db8:1:2:bbbb::2"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
    }
}
