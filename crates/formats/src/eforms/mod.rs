//! eForms: the notices of the European gazette in UBL, as a tender can be drafted from them.
//!
//! A notice is read as a stream. What it says is taken element by element; what nobody took is listed as
//! not taken over, so that nothing is dropped in silence. What a tender needs and the notice does not say
//! is listed as to complete; nothing is guessed. The names BT-… are those of the eForms regulation (EU)
//! 2019/1780.

mod criterion;
mod digest;
mod draft;
mod element;
mod error;
mod gauge;
mod limits;
mod not_taken;
mod notice;
mod report;
mod result;
mod sketch;
mod text;
mod to_complete;
mod xml;

use std::io::BufRead;

pub use criterion::{AwardCriteria, CriterionNotice, CriterionNumber, NumberKind};
pub use draft::{Draft, TO_COMPLETE};
pub use error::EformsError;
pub use limits::MAX_BYTES;
pub use not_taken::{NotTaken, NotTakenReason};
pub use notice::{
    Amount, ChangeNotice, Dates, FrameworkNotice, Identifier, LotDistribution, LotGroupMembers, LotNotice,
    Notice, NoticeKind, Organisation, Participation, Subject,
};
pub use report::{NoticeReport, Replaced};
pub use result::{ContractResult, LotResult, Results, Statistic, TenderResult, Tenderer};
pub use sketch::AwardModelSketch;
pub use text::{LanguageText, Texts};
pub use to_complete::{OpenPoint, ToComplete};

use digest::{take_lot, take_procedure};
use element::{Element, Leftover};
use limits::MAX_LOTS;

/// Reads a notice, in whatever encoding it declares.
///
/// # Errors
/// [`EformsError`] when it is no XML, passes a limit, is no notice of eForms, or has no lot.
pub fn read(bytes: impl BufRead) -> Result<NoticeReport, EformsError> {
    let mut reading = Reading::default();
    xml::read(bytes, &mut reading)?;
    let Reading { kind, mut root, lots, lot_groups, mut leftovers } = reading;
    let kind = kind.ok_or_else(|| EformsError::NotANotice(String::new()))?;
    if lots.is_empty() {
        return Err(EformsError::NoLot);
    }
    let mut notice = Notice::new(kind);
    take_procedure(&mut notice, &mut root);
    notice.lots = lots;
    notice.lot_groups = lot_groups;
    for section in &root.children {
        section.leftovers(&section.name, &mut leftovers);
    }
    Ok(NoticeReport::of(notice, leftovers))
}

/// Reads a notice that is text already: what encoding it declares no longer counts.
///
/// # Errors
/// As [`read`].
pub fn read_text(text: &str) -> Result<NoticeReport, EformsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let declared = text.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>"));
    read(declared.map_or(text, |(_, rest)| rest).as_bytes())
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    kind: Option<NoticeKind>,
    /// Everything below the outermost element but the lots.
    root: Element,
    lots: Vec<LotNotice>,
    lot_groups: Vec<LotNotice>,
    leftovers: Vec<Leftover>,
}

impl xml::Receive for Reading {
    fn root(&mut self, name: &str) -> Result<(), EformsError> {
        const UBL: &str = "{urn:oasis:names:specification:ubl:schema:xsd:";
        let kind = match name.strip_prefix(UBL) {
            Some("ContractNotice-2}ContractNotice") => NoticeKind::ContractNotice,
            Some("PriorInformationNotice-2}PriorInformationNotice") => NoticeKind::PriorInformationNotice,
            Some("ContractAwardNotice-2}ContractAwardNotice") => NoticeKind::ContractAwardNotice,
            _ => return Err(EformsError::NotANotice(name.chars().take(120).collect())),
        };
        self.kind = Some(kind);
        Ok(())
    }

    fn section(&mut self, mut section: Element) -> Result<(), EformsError> {
        if section.name != "ProcurementProjectLot" {
            self.root.children.push(section);
            return Ok(());
        }
        if self.lots.len() + self.lot_groups.len() >= MAX_LOTS {
            return Err(EformsError::TooManyLots);
        }
        let scheme =
            section.each("ID").into_iter().find_map(|id| id.attribute("schemeName").map(str::to_owned));
        let mut lot = take_lot(&mut section);
        let place = format!("{}[{}]", section.name, lot.id.as_deref().unwrap_or_default());
        section.leftovers(&place, &mut self.leftovers);
        if scheme.as_deref() == Some("LotsGroup") {
            self.lot_groups.push(lot);
        } else {
            lot.planned = scheme.as_deref() == Some("Part");
            self.lots.push(lot);
        }
        Ok(())
    }
}
