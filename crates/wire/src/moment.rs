//! Moments on the wire: RFC 3339 with any offset; without one, the clock of the Netherlands.

use std::fmt;

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a moment.
///
/// # Errors
/// When the text is no moment, or tells a moment that the Dutch clock skips or has twice.
pub fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    deserializer.deserialize_str(MomentVisitor)
}

/// Reads a moment that may be left out.
///
/// # Errors
/// As [`moment`].
pub fn optional_moment<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Moment(#[serde(deserialize_with = "moment")] DateTime<Utc>);

    Ok(Option::<Moment>::deserialize(deserializer)?.map(|moment| moment.0))
}

/// Whether the seconds of a moment are 60, which RFC 3339 has for leap seconds.
pub(crate) fn is_in_second_60(text: &str) -> bool {
    let time = text.split(['T', 't', ' ']).nth(1).unwrap_or_default();
    time.split([':', '.', '+', '-', 'Z', 'z']).nth(2) == Some("60")
}

struct MomentVisitor;

impl Visitor<'_> for MomentVisitor {
    type Value = DateTime<Utc>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a moment such as \"2026-04-01T12:00:00+02:00\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DateTime<Utc>, E> {
        // Few programs can read what came of it, and no deadline lies in a leap second.
        if is_in_second_60(text) {
            return Err(E::custom(format_args!(
                "`{}` has a second 60; write a moment with seconds from 00 to 59",
                text.chars().take(40).collect::<String>()
            )));
        }
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Ok(moment.to_utc());
        }
        let Ok(on_the_clock) = text.parse::<NaiveDateTime>() else {
            return Err(E::custom(format_args!(
                "`{}` is no moment; write it like \"2026-04-01T12:00:00+02:00\"",
                text.chars().take(40).collect::<String>()
            )));
        };
        match Amsterdam.from_local_datetime(&on_the_clock) {
            LocalResult::Single(moment) => Ok(moment.to_utc()),
            LocalResult::Ambiguous(..) | LocalResult::None => Err(E::custom(format_args!(
                "the Dutch clock has no moment `{text}`, or has it twice, as it changes between summer and \
                 winter; write the offset, as in \"2026-10-25T02:30:00+01:00\""
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<DateTime<Utc>>, String> {
        #[derive(Deserialize)]
        struct Holder {
            #[serde(default, deserialize_with = "optional_moment")]
            at: Option<DateTime<Utc>>,
        }
        let holder: Result<Holder, _> = serde_json::from_str(&format!("{{\"at\":{text}}}"));
        holder.map(|holder| holder.at).map_err(|error| error.to_string())
    }

    fn utc(text: &str) -> Result<Option<DateTime<Utc>>, String> {
        Ok(Some(text.parse().unwrap()))
    }

    #[test]
    fn a_moment_without_an_offset_is_on_the_dutch_clock() {
        assert_eq!(read("\"2026-07-01T12:00:00\""), utc("2026-07-01T10:00:00Z"));
        assert_eq!(read("\"2026-12-01T12:00:00\""), utc("2026-12-01T11:00:00Z"));
        assert_eq!(read("\"2026-12-01T12:00:00Z\""), utc("2026-12-01T12:00:00Z"));
        assert_eq!(read("null"), Ok(None));
    }

    #[test]
    fn an_hour_that_the_clock_has_twice_or_never_is_refused() {
        assert!(read("\"2026-10-25T02:30:00\"").unwrap_err().contains("write the offset"));
        assert!(read("\"2026-03-29T02:30:00\"").unwrap_err().contains("write the offset"));
        assert!(read("\"tomorrow\"").unwrap_err().contains("is no moment"));
    }

    #[test]
    fn a_second_60_is_refused_whatever_the_offset() {
        for text in [
            "2027-03-01T23:59:60+01:00",
            "2016-12-31T23:59:60Z",
            "2027-03-01T23:59:60",
            "2027-03-01T23:59:60.5Z",
        ] {
            assert!(read(&format!("\"{text}\"")).unwrap_err().contains("second 60"), "{text}");
        }
        assert_eq!(read("\"2027-03-01T23:59:59+01:00\""), utc("2027-03-01T22:59:59Z"));
    }
}
