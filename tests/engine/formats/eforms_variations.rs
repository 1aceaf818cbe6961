//! Notices written in every way that XML and eForms leave open: each lot, criterion and number that was put in is
//! in the report, at its place.

use proptest::prelude::*;
use trede_formats::eforms::{CriterionNotice, EformsError, LotNotice, NoticeReport};

use crate::formats::samples::read;

/// What a lot, a group or a part is made of.
#[derive(Clone, Debug)]
struct Lot {
    scheme: Option<&'static str>,
    criteria: Vec<Criterion>,
    /// Whether its criteria stand in one awarding criterion each.
    is_spread: bool,
    has_formula: bool,
}

#[derive(Clone, Debug)]
struct Criterion {
    kind: Option<&'static str>,
    numbers: Vec<Parameter>,
    below: Vec<Criterion>,
    name_last: bool,
}

#[derive(Clone, Debug)]
struct Parameter {
    list: Option<&'static str>,
    code: Option<&'static str>,
    number: Option<&'static str>,
    number_first: bool,
    /// Whether it stands in an extension of its own.
    is_apart: bool,
}

/// How a notice is written.
#[derive(Clone, Debug)]
struct Style {
    prefixes: bool,
    text: u8,
    encoding: u8,
    lots_first: bool,
}

const NUMBERS: [&str; 16] = [
    "60",
    "+60",
    "060.0",
    "0.60",
    ".5",
    "-1",
    "100.000",
    "1e2",
    "60,5",
    "zestig",
    "60%",
    "1 000",
    "NaN",
    "١",
    "99999999999999999999",
    "0.33333333333333333333333333333333",
];
const CODES: [&str; 12] = [
    "per-exa",
    "per-mid",
    "dec-exa",
    "dec-mid",
    "poi-exa",
    "poi-mid",
    "ord-imp",
    "fix-tot",
    "fix-unit",
    "min-score",
    "max-pass",
    "unpublished",
];
const LISTS: [&str; 4] = ["number-weight", "number-fixed", "number-threshold", "other"];

fn parameter() -> impl Strategy<Value = Parameter> {
    let some = |values: &'static [&'static str]| prop::option::weighted(0.85, prop::sample::select(values));
    (some(&LISTS), some(&CODES), some(&NUMBERS), any::<bool>(), any::<bool>()).prop_map(
        |(list, code, number, number_first, is_apart)| Parameter {
            list,
            code,
            number,
            number_first,
            is_apart,
        },
    )
}

fn criterion() -> impl Strategy<Value = Criterion> {
    let kind = || {
        prop::option::weighted(0.8, prop::sample::select(&["price", "cost", "quality", "unpublished"][..]))
    };
    let numbers = || prop::collection::vec(parameter(), 0..3);
    let leaf = (kind(), numbers(), any::<bool>()).prop_map(|(kind, numbers, name_last)| Criterion {
        kind,
        numbers,
        below: Vec::new(),
        name_last,
    });
    leaf.prop_recursive(2, 8, 3, move |inner| {
        (kind(), numbers(), prop::collection::vec(inner, 0..3), any::<bool>())
            .prop_map(|(kind, numbers, below, name_last)| Criterion { kind, numbers, below, name_last })
    })
}

fn lot() -> impl Strategy<Value = Lot> {
    let scheme =
        prop::option::weighted(0.9, prop::sample::select(&["Lot", "LotsGroup", "Part", "anders"][..]));
    (scheme, prop::collection::vec(criterion(), 0..4), any::<bool>(), any::<bool>()).prop_map(
        |(scheme, criteria, is_spread, has_formula)| Lot { scheme, criteria, is_spread, has_formula },
    )
}

fn style() -> impl Strategy<Value = Style> {
    (any::<bool>(), 0..4_u8, 0..4_u8, any::<bool>())
        .prop_map(|(prefixes, text, encoding, lots_first)| Style { prefixes, text, encoding, lots_first })
}

impl Style {
    /// A text as it can be written.
    fn text(&self, text: &str) -> String {
        let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(place, _)| place);
        let (first, second) = text.split_at(half);
        match self.text {
            0 => text.to_owned(),
            1 => format!("<![CDATA[{text}]]>"),
            2 => format!("\n  {first}<!-- <cac:SubordinateAwardingCriterion> -->{second}<?x y?>\n"),
            _ => text.chars().map(|c| format!("&#x{:x};", u32::from(c))).collect(),
        }
    }

    fn leaf(&self, name: &str, attribute: Option<(&str, &str)>, text: &str) -> String {
        let attribute = attribute.map_or(String::new(), |(name, value)| format!(" {name}='{value}'"));
        format!("<{name}{attribute}>{}</{name}>", self.text(text))
    }

    fn parameter(&self, of: &Parameter) -> String {
        let list = of.list.map(|list| ("listName", list));
        let code = of.code.map_or(String::new(), |code| self.leaf("efbc:ParameterCode", list, code));
        let number =
            of.number.map_or(String::new(), |number| self.leaf("efbc:ParameterNumeric", None, number));
        let both = if of.number_first { number + &code } else { code + &number };
        format!("<efac:AwardCriterionParameter>{both}</efac:AwardCriterionParameter>")
    }

    fn criterion(&self, of: &Criterion) -> String {
        let wrap = |inside: &str| {
            format!(
                "<ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{inside}\
                 </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension>"
            )
        };
        let (apart, together): (Vec<_>, Vec<_>) = of.numbers.iter().partition(|number| number.is_apart);
        let together: String = together.into_iter().map(|number| self.parameter(number)).collect();
        let apart: String = apart.into_iter().map(|number| wrap(&self.parameter(number))).collect();
        let extensions = format!("<ext:UBLExtensions>{}{apart}</ext:UBLExtensions>", wrap(&together));
        let kind =
            of.kind.map_or(String::new(), |kind| self.leaf("cbc:AwardingCriterionTypeCode", None, kind));
        let name = self.leaf("cbc:Name", Some(("languageID", "NLD")), "Plan van aanpak");
        let below: String = of.below.iter().map(|below| self.criterion(below)).collect();
        let all = if of.name_last {
            [kind, below, extensions, name].concat()
        } else {
            [name, extensions, kind, below].concat()
        };
        format!("<cac:SubordinateAwardingCriterion>{all}</cac:SubordinateAwardingCriterion>")
    }

    fn awarding(&self, of: &Lot) -> String {
        let formula = if of.has_formula {
            self.leaf("cbc:CalculationExpression", None, "50 + 50")
        } else {
            String::new()
        };
        let criteria = of.criteria.iter().map(|one| self.criterion(one));
        let around = |inside: String| format!("<cac:AwardingCriterion>{inside}</cac:AwardingCriterion>");
        let inside = if of.is_spread {
            around(formula) + &criteria.map(around).collect::<String>()
        } else {
            around(formula + &criteria.collect::<String>())
        };
        format!("<cac:TenderingTerms><cac:AwardingTerms>{inside}</cac:AwardingTerms></cac:TenderingTerms>")
    }

    fn lot(&self, number: usize, of: &Lot) -> String {
        let id =
            self.leaf("cbc:ID", of.scheme.map(|scheme| ("schemeName", scheme)), &format!("LOT-{number:04}"));
        format!("<cac:ProcurementProjectLot>{id}{}</cac:ProcurementProjectLot>", self.awarding(of))
    }

    /// The notice, with the criteria of the procedure as a whole.
    fn notice(&self, whole: &Lot, lots: &[Lot]) -> Vec<u8> {
        let lots: String = lots.iter().enumerate().map(|(number, lot)| self.lot(number, lot)).collect();
        let id = self.leaf("cbc:ID", None, "6c2f0d3c-0000-4000-8000-000000000001");
        let whole = self.awarding(whole);
        let inside = if self.lots_first { lots + &whole + &id } else { id + &whole + &lots };
        let namespaces = crate::formats::samples::NAMESPACES;
        let mut xml = format!(
            "<ContractNotice xmlns='urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2' {namespaces}>\
             {inside}</ContractNotice>"
        );
        if self.prefixes {
            for (usual, other) in [("cac", "a"), ("cbc", "ns3"), ("efac", "efbc_x"), ("ext", "E.x")] {
                for form in ["<{}:", "</{}:", "xmlns:{}="] {
                    xml = xml.replace(&form.replace("{}", usual), &form.replace("{}", other));
                }
            }
        }
        match self.encoding {
            0 => xml.into_bytes(),
            1 => [b"\xef\xbb\xbf".as_slice(), b"<?xml version='1.0' encoding='utf-8'?>\r\n", xml.as_bytes()]
                .concat(),
            2 => format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{xml}")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            _ => format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// The criteria of what was put in, those below others after them, each with its numbers as they were written.
fn put_in(criteria: &[Criterion]) -> Vec<(Option<&str>, Vec<Parameter>)> {
    let one = |of: &Criterion| {
        // An extension of its own stands after the one that the others share.
        let (apart, together): (Vec<_>, Vec<_>) =
            of.numbers.iter().cloned().partition(|number| number.is_apart);
        let says = |number: &Parameter| number.code.is_some() || number.number.is_some();
        (of.kind, together.into_iter().chain(apart).filter(says).collect())
    };
    criteria
        .iter()
        .flat_map(|of| {
            let own = (of.kind, one(of).1);
            std::iter::once(own).chain(put_in(&of.below))
        })
        .collect()
}

/// Compares criteria with what was put in; answers how many numbers could not be read.
fn compare(found: &[&CriterionNotice], put_in: &[(Option<&str>, Vec<Parameter>)]) -> usize {
    let kinds =
        |kinds: Vec<Option<&str>>| kinds.into_iter().map(|kind| kind.map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(
        kinds(found.iter().map(|criterion| criterion.kind.as_deref()).collect()),
        kinds(put_in.iter().map(|(kind, _)| *kind).collect())
    );
    let mut unread = 0;
    for (criterion, (_, numbers)) in found.iter().zip(put_in) {
        assert_eq!(criterion.numbers.len(), numbers.len());
        for (number, written) in criterion.numbers.iter().zip(numbers) {
            assert_eq!(number.code.as_deref(), written.code);
            match (number.value, written.number) {
                (Some(value), Some(written)) => {
                    let exact = written.trim_start_matches('+').parse::<rust_decimal::Decimal>().unwrap();
                    assert_eq!(value.0, exact, "{written}");
                }
                (None, Some(_)) => unread += 1,
                (value, None) => assert!(value.is_none()),
            }
        }
    }
    unread
}

fn nothing_is_lost(report: &NoticeReport, whole: &Lot, lots: &[Lot]) {
    let notice = &report.notice;
    let is_group = |lot: &Lot| lot.scheme == Some("LotsGroup");
    let (groups, singles): (Vec<&Lot>, Vec<&Lot>) = lots.iter().partition(|lot| is_group(lot));
    assert_eq!((notice.lots.len(), notice.lot_groups.len()), (singles.len(), groups.len()));
    let mut unread = compare(&notice.award_criteria.all(), &put_in(&whole.criteria));
    let pairs = |found: &[LotNotice], expected: &[&Lot]| -> usize {
        found
            .iter()
            .zip(expected)
            .map(|(found, lot)| {
                assert_eq!(!found.award_criteria.formula.is_empty(), lot.has_formula);
                compare(&found.award_criteria.all(), &put_in(&lot.criteria))
            })
            .sum()
    };
    unread += pairs(&notice.lots, &singles) + pairs(&notice.lot_groups, &groups);
    let listed =
        report.not_taken_over.iter().filter(|left| left.place.ends_with("/ParameterNumeric")).count();
    assert_eq!(listed, unread, "a number that cannot be read is listed");
    report.draft().unwrap();
    serde_json::to_vec(report).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_way_a_notice_is_written_no_lot_criterion_or_number_is_lost(
        whole in lot(),
        lots in prop::collection::vec(lot(), 1..5),
        style in style(),
    ) {
        let outcome = read(&style.notice(&whole, &lots));
        if lots.iter().all(|lot| lot.scheme == Some("LotsGroup")) {
            prop_assert_eq!(outcome, Err(EformsError::NoLot));
            return Ok(());
        }
        let report = outcome.unwrap();
        nothing_is_lost(&report, &whole, &lots);
    }
}
