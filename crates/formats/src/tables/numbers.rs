//! Numbers as people write them in tables: Dutch (`1.234,56`) or English (`1,234.56`).
//!
//! `250.000` is 250 thousand to a Dutch reader and 250 to an English one. Such a text is a number only where
//! somebody says how numbers are written: the caller, or other cells of the file that can be read in one way.

use rust_decimal::Decimal;
use trede_base::words;
use trede_rules::explaining::Language;

use super::faults::Fault;
use trede_wire::number::Number;

words! {
    /// How numbers are written (landinstelling).
    pub enum Notation is "notation of numbers" {
        /// A comma before the decimals, points between thousands.
        Dutch = "nl",
        /// A point before the decimals, commas between thousands.
        English = "en",
    }
}

impl Notation {
    const fn marks(self) -> (char, char) {
        match self {
            Self::Dutch => (',', '.'),
            Self::English => ('.', ','),
        }
    }

    /// What a text is in this notation, as a plain number such as `1234.56`; none where it is no number of it.
    fn plain(self, text: &str) -> Option<String> {
        let (point, thousands) = self.marks();
        let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
        let (whole, fraction) = match unsigned.split_once(point) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let groups: Vec<&str> = whole.split(thousands).collect();
        let (first, others) = groups.split_first()?;
        let is_grouped = !others.is_empty();
        let is_whole = digits(first)
            && (!first.starts_with('0') || *first == "0" && !is_grouped)
            && (!is_grouped || first.len() <= 3)
            && others.iter().all(|group| group.len() == 3 && digits(group));
        if !is_whole || fraction.is_some_and(|fraction| !digits(fraction)) {
            return None;
        }
        let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
        Some(format!("{sign}{}{fraction}", groups.concat()))
    }

    /// A plain number such as `1234.56`, written so that nobody can take it for another.
    #[must_use]
    pub fn written(self, plain: &str) -> String {
        let mut text = plain.replace('.', &self.marks().0.to_string());
        if matches!(readings(&text), (Some(dutch), Some(english)) if !is_same(&dutch, &english)) {
            // Three decimals look like a group of thousands; four do not.
            text.push('0');
        }
        text
    }
}

/// What a text is in Dutch and in English.
fn readings(text: &str) -> (Option<String>, Option<String>) {
    (Notation::Dutch.plain(text), Notation::English.plain(text))
}

/// Whether two plain numbers are the same; `1.50` and `1.5` are.
fn is_same(one: &str, other: &str) -> bool {
    one == other || matches!((one.parse::<Decimal>(), other.parse::<Decimal>()), (Ok(a), Ok(b)) if a == b)
}

/// What the numbers of a file tell of how it writes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    dutch: bool,
    english: bool,
}

impl Evidence {
    /// Takes a text of a column of numbers into account.
    pub(super) fn note(&mut self, text: &str) {
        match readings(bare(text)) {
            (Some(_), None) => self.dutch = true,
            (None, Some(_)) => self.english = true,
            _ => {}
        }
    }

    /// How the file writes numbers, where it tells. A point before decimals tells nothing of other cells: so
    /// programs write numbers too, in files where people write thousands with points.
    pub(super) const fn notation(self) -> Option<Notation> {
        if self.dutch && !self.english { Some(Notation::Dutch) } else { None }
    }
}

/// A text without what stands around its number.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix('€').unwrap_or(text);
    text.strip_suffix('%').unwrap_or(text).trim()
}

/// How the numbers of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberForm {
    /// What the caller says.
    pub(super) locale: Option<Notation>,
    /// What the file tells.
    pub(super) told: Option<Notation>,
}

/// Why a text is no number, with what is filled in there besides the text.
pub(super) type NumberFault = (Fault, Vec<String>);

impl NumberForm {
    /// Reads a number that is written as `text`.
    pub(super) fn read(self, text: &str, language: Language) -> Result<Number, NumberFault> {
        let plain = self.plain(text, language)?;
        Number::parse(&plain).map_err(|_| (Fault::NumberTooLong, Vec::new()))
    }

    fn plain(self, text: &str, language: Language) -> Result<String, NumberFault> {
        if let Some(locale) = self.locale {
            let fault = match locale {
                Notation::Dutch => Fault::NumberNotDutch,
                Notation::English => Fault::NumberNotEnglish,
            };
            return locale.plain(text).ok_or((fault, Vec::new()));
        }
        match readings(text) {
            (Some(dutch), Some(english)) if is_same(&dutch, &english) => Ok(dutch),
            (Some(dutch), Some(english)) => match self.told {
                Some(Notation::Dutch) => Ok(dutch),
                Some(Notation::English) => Ok(english),
                None => Err(ambiguous(&dutch, &english, language)),
            },
            (Some(dutch), None) => Ok(dutch),
            (None, Some(_)) if text.contains(',') => Err((Fault::NumberGrouped, Vec::new())),
            (None, Some(english)) => Ok(english),
            (None, None) => {
                let example = match language {
                    Language::Dutch => "1234,56",
                    Language::English => "1234.56",
                };
                Err((Fault::NumberMalformed, vec![example.to_owned()]))
            }
        }
    }
}

fn ambiguous(dutch: &str, english: &str, language: Language) -> NumberFault {
    let shown = |plain: &str| {
        let plain =
            plain.parse::<Decimal>().map_or_else(|_| plain.to_owned(), |it| it.normalize().to_string());
        language.localised(&plain)
    };
    let notation = match language {
        Language::Dutch => Notation::Dutch,
        Language::English => Notation::English,
    };
    let whole = |plain: &str| plain.parse::<Decimal>().is_ok_and(|number| number.is_integer());
    let written: Vec<String> = [dutch, english]
        .into_iter()
        .map(|plain| if whole(plain) { trimmed(plain) } else { notation.written(plain) })
        .collect();
    let or = match language {
        Language::Dutch => " of ",
        Language::English => " or ",
    };
    (Fault::NumberAmbiguous, vec![shown(dutch), shown(english), written.join(or)])
}

/// A whole number without its decimals.
fn trimmed(plain: &str) -> String {
    plain.split('.').next().unwrap_or(plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: NumberForm = NumberForm { locale: None, told: None };

    fn read(form: NumberForm, text: &str) -> Result<String, &'static str> {
        let read = form.read(text, Language::English);
        read.map(|number| number.0.normalize().to_string()).map_err(|(fault, _)| fault.code())
    }

    #[test]
    fn what_has_two_readings_is_no_number_until_somebody_says_which() {
        let dutch = NumberForm { told: Some(Notation::Dutch), ..OPEN };
        let said = |locale| NumberForm { locale: Some(locale), ..OPEN };
        for (text, in_dutch, in_english) in [
            ("250.000", "250000", "250"),
            ("1.500", "1500", "1.5"),
            ("1,500", "1.5", "1500"),
            ("-1.500", "-1500", "-1.5"),
        ] {
            assert_eq!(read(OPEN, text), Err("number-ambiguous"), "{text}");
            assert_eq!(read(dutch, text).as_deref(), Ok(in_dutch), "{text}");
            assert_eq!(read(said(Notation::Dutch), text).as_deref(), Ok(in_dutch), "{text}");
            assert_eq!(read(said(Notation::English), text).as_deref(), Ok(in_english), "{text}");
        }
        for (text, number) in [
            ("250000", "250000"),
            ("0.500", "0.5"),
            ("0,500", "0.5"),
            ("1.250.000", "1250000"),
            ("1.234,56", "1234.56"),
            ("1234,5", "1234.5"),
            ("1234.5", "1234.5"),
            ("1234.500", "1234.5"),
            ("12.50", "12.5"),
            ("-0,5", "-0.5"),
        ] {
            assert_eq!(read(OPEN, text).as_deref(), Ok(number), "{text}");
        }
    }

    #[test]
    fn both_readings_are_told_with_two_ways_to_write_them() {
        let (fault, details) = OPEN.read("250.000", Language::Dutch).unwrap_err();
        assert_eq!(
            (fault, details.join("|").as_str()),
            (Fault::NumberAmbiguous, "250.000|250|250000 of 250")
        );
        let (_, details) = OPEN.read("1,125", Language::Dutch).unwrap_err();
        assert_eq!(details.join("|"), "1,125|1.125|1,1250 of 1125");
    }

    #[test]
    fn odd_numbers_are_none() {
        for text in [
            "'250000",
            "250000-",
            "2,5E+05",
            "250000,-",
            ",50",
            "0250000",
            "250,000.5",
            "1,250,000",
            "1.25.000",
            "12.3456,7",
            "1..000",
            "1.000.00",
            "--1",
            "+1",
            "1 000",
            "0.123.456",
            "",
            "-",
            ".",
            "1,",
            "1.",
            "€5",
            "12345678901234567",
        ] {
            assert_eq!(read(OPEN, text), Err("cell-malformed"), "{text}");
        }
    }

    #[test]
    fn a_point_before_decimals_decides_nothing_for_other_cells() {
        let mut evidence = Evidence::default();
        evidence.note("24.5");
        assert_eq!(evidence.notation(), None);
        let mut evidence = Evidence::default();
        for text in ["1000", "250.000", " € 1.234,56"] {
            evidence.note(text);
        }
        assert_eq!(evidence.notation(), Some(Notation::Dutch));
        evidence.note("24.5");
        assert_eq!(evidence.notation(), None, "the file contradicts itself");
    }

    #[test]
    fn what_is_written_has_one_reading() {
        for notation in [Notation::Dutch, Notation::English] {
            for plain in ["1.125", "-12.500", "999.999", "1000.125", "0.125", "250000.00", "7"] {
                let written = notation.written(plain);
                let read = OPEN.read(&written, Language::Dutch).unwrap();
                assert_eq!(read.0, plain.parse::<Decimal>().unwrap(), "{written}");
            }
        }
    }
}
