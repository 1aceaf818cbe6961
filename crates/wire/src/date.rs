//! Days and moments in a score file: a day that is written as people write it is named as one.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};

use crate::moment::is_in_second_60;

/// Reads a day that may be left out.
///
/// # Errors
/// When the text is no day of the calendar, written as `2026-04-01`.
pub fn optional_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Day(#[serde(deserialize_with = "day")] NaiveDate);

    Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    deserializer.deserialize_str(DayVisitor)
}

/// Reads a moment with its offset.
///
/// # Errors
/// When the text is no such moment.
pub fn offset_moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<FixedOffset>, D::Error> {
    deserializer.deserialize_str(OffsetVisitor)
}

/// Reads a moment with its offset that may be left out.
///
/// # Errors
/// As [`offset_moment`].
pub fn optional_offset_moment<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Moment(#[serde(deserialize_with = "offset_moment")] DateTime<FixedOffset>);

    Ok(Option::<Moment>::deserialize(deserializer)?.map(|moment| moment.0))
}

fn start(text: &str) -> String {
    text.chars().take(40).collect()
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = NaiveDate;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date in quotes, such as \"2026-04-01\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<NaiveDate, E> {
        let is_day = text.len() == "2026-04-01".len();
        text.parse().ok().filter(|_| is_day).ok_or_else(|| {
            E::custom(format_args!(
                "`{}` is no date; write year, month and day like \"2026-04-01\"",
                start(text)
            ))
        })
    }
}

struct OffsetVisitor;

impl Visitor<'_> for OffsetVisitor {
    type Value = DateTime<FixedOffset>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date and time in quotes, such as \"2026-04-01T12:00:00+02:00\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DateTime<FixedOffset>, E> {
        let moment = DateTime::parse_from_rfc3339(text).ok().filter(|_| !is_in_second_60(text));
        moment.ok_or_else(|| {
            E::custom(format_args!(
                "`{}` is no date and time; write date, time and offset like \"2026-04-01T12:00:00+02:00\"",
                start(text)
            ))
        })
    }
}
