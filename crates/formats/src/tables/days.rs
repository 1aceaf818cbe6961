//! Days as people write them in tables.

use chrono::{Datelike, NaiveDate};
use trede_rules::explaining::Language;

use super::faults::Fault;
use super::numbers::Notation;

/// The years that a table can tell of: one of two digits is none of them.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// The last year that two digits can mean: those behind it could be of the century before.
const LAST_SHORT_YEAR: i32 = 2079;

/// How months are called, in Dutch and English, by their first letters.
const MONTHS: [&[&str]; 12] = [
    &["jan", "januari", "january"],
    &["feb", "februari", "february"],
    &["mrt", "maart", "mar", "march"],
    &["apr", "april"],
    &["mei", "may"],
    &["jun", "juni", "june"],
    &["jul", "juli", "july"],
    &["aug", "augustus", "august"],
    &["sep", "sept", "september"],
    &["okt", "oktober", "oct", "october"],
    &["nov", "november"],
    &["dec", "december"],
];

/// Reads a day, in numbers with the year first or last, or with the name of the month. Slashes are used for both
/// `d/m/yyyy` and `m/d/yyyy`, and `01-02-27` is the shape of `d-m-jj` as Dutch spreadsheets show it and of `yy-m-d`:
/// what can be both counts where `notation` is Dutch only.
pub(super) fn read(
    text: &str,
    notation: Option<Notation>,
    language: Language,
) -> Result<NaiveDate, (Fault, Vec<String>)> {
    let alone = |fault| (fault, Vec::new());
    let (text, is_midnight) = without_time(text);
    if !is_midnight {
        return Err(alone(Fault::DayWithTime));
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let parts = (text.get(0..4), text.get(4..6), text.get(6..8));
        let (Some(year), Some(month), Some(day)) = parts else { return Err(alone(Fault::DayMalformed)) };
        return day_of(year, month, day).ok_or(alone(Fault::DayMalformed));
    }
    for mark in ['-', '/', '.', ' '] {
        let parts: Vec<&str> = text.split(mark).collect();
        let [first, second, third] = parts[..] else { continue };
        if first.len() == 4 && third.len() <= 2 {
            return day_of(first, second, third).ok_or(alone(Fault::DayMalformed));
        }
        if third.len() == 2 && first.len() <= 2 {
            let day = day_of(&format!("20{third}"), second, first).ok_or(alone(Fault::DayMalformed))?;
            let is_said = notation == Some(Notation::Dutch) && day.year() <= LAST_SHORT_YEAR;
            return if is_said { Ok(day) } else { Err(alone(Fault::DayShortYear)) };
        }
        if third.len() != 4 {
            continue;
        }
        let dutch = day_of(third, second, first);
        let american = day_of(third, first, second).filter(|_| mark == '/');
        return match (dutch, american) {
            (Some(dutch), Some(american)) if dutch != american && notation != Some(Notation::Dutch) => {
                let shown = |day| super::content::shown_day(day, language);
                Err((Fault::DayAmbiguous, vec![shown(dutch), shown(american)]))
            }
            (Some(dutch), _) => Ok(dutch),
            (None, _) => Err(alone(Fault::DayMalformed)),
        };
    }
    Err(alone(Fault::DayMalformed))
}

/// The day of a text, and whether no time of day stands behind it but midnight, at which days are stored.
fn without_time(text: &str) -> (&str, bool) {
    let is_time = |rest: &str| rest.contains(':') && rest.starts_with(|c: char| c.is_ascii_digit());
    match text.rsplit_once(['T', ' ']).filter(|(_, rest)| is_time(rest)) {
        Some((day, time)) => (day, time.chars().all(|c| matches!(c, '0' | ':' | '.'))),
        None => (text, true),
    }
}

fn day_of(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |text: &str| -> Option<u32> {
        let is_number = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_number)
    };
    let month = if month.len() <= 2 {
        number(month)?
    } else {
        let name = month.trim_end_matches('.').to_lowercase();
        let place = MONTHS.iter().position(|names| names.contains(&name.as_str()))?;
        u32::try_from(place).ok()? + 1
    };
    let day = number(day).filter(|_| day.len() <= 2)?;
    let year = i32::try_from(number(year)?).ok()?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|day| YEARS.contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, notation: Option<Notation>) -> Result<String, Fault> {
        read(text, notation, Language::Dutch).map(|day| day.to_string()).map_err(|(fault, _)| fault)
    }

    #[test]
    fn a_day_is_read_as_dutch_people_and_programs_write_it() {
        for text in [
            "2027-02-01",
            "2027-2-1",
            "01-02-2027",
            "1-2-2027",
            "01.02.2027",
            "2027/02/01",
            "20270201",
            "2027-02-01T00:00:00",
            "2027-02-01 00:00:00.000",
            "1-2-2027 0:00",
            "1 februari 2027",
            "1-feb-2027",
            "1 Feb. 2027",
        ] {
            assert_eq!(told(text, None).as_deref(), Ok("2027-02-01"), "{text}");
        }
        assert_eq!(told("15/02/2027", None).as_deref(), Ok("2027-02-15"));
        assert_eq!(told("02/02/2027", None).as_deref(), Ok("2027-02-02"));
    }

    #[test]
    fn what_can_be_two_days_or_none_is_told() {
        assert_eq!(told("01/02/2027", None), Err(Fault::DayAmbiguous));
        assert_eq!(told("01/02/2027", Some(Notation::English)), Err(Fault::DayAmbiguous));
        assert_eq!(told("01/02/2027", Some(Notation::Dutch)).as_deref(), Ok("2027-02-01"));
        for text in ["15-01-27", "1-2-27", "1/2/27", "01.02.27", "1-feb-27", "1 feb 27"] {
            assert_eq!(told(text, None), Err(Fault::DayShortYear), "{text}");
        }
        let dutch = Some(Notation::Dutch);
        for text in ["01-02-27", "1-2-27", "1/2/27", "01.02.27", "1-feb-27"] {
            assert_eq!(told(text, dutch).as_deref(), Ok("2027-02-01"), "{text}");
        }
        assert_eq!(told("01-02-98", dutch), Err(Fault::DayShortYear));
        for text in ["2027-02-01T23:59:59", "1-2-2027 12:00"] {
            assert_eq!(told(text, None), Err(Fault::DayWithTime), "{text}");
        }
        for text in [
            "0027-02-01",
            "2027-13-01",
            "31-02-2027",
            "02/15/2027",
            "46419",
            "20271301",
            "morgen",
            "1-2",
            "",
            "2027-02-001",
            "1--2-2027",
            "+1-2-2027",
            "1-2-02027",
            "31-02-27",
        ] {
            assert_eq!(told(text, None), Err(Fault::DayMalformed), "{text}");
        }
    }
}
