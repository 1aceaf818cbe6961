//! A draft tender from a notice: what fits is taken over, what does not is listed.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::not_taken::NotTaken;
use super::notice::{Amount, LotNotice, Notice, Subject};
use super::text::Texts;
use trede_base::cpv::{CpvCode, CpvCodes};
use trede_model::tendering::lot::LotFacts;
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, TenderFacts};

/// What stands where a tender needs a text and the notice has none.
pub const TO_COMPLETE: &str = "te completeren";

/// The most characters of a name or title of a tender.
const TITLE: usize = 500;
/// The most characters of a description.
const TEXT: usize = 20_000;
/// The most CPV codes of a tender.
const CODES: usize = 50;
/// The years that a deadline can lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// What is said about a tender and its lots by a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The tender. Who keeps the bids is not in a notice: the platform, that the notice comes from.
    pub tender: TenderFacts,
    /// Its lots, in the order of the notice, each with another number.
    pub lots: Vec<LotFacts>,
    /// What does not fit.
    pub(super) not_taken: Vec<NotTaken>,
}

impl Draft {
    pub(super) fn of(notice: &Notice) -> Self {
        let mut fit = Fit { language: notice.language.as_deref(), not_taken: Vec::new() };
        let tender = TenderFacts {
            external_reference: notice
                .procedure_id
                .as_deref()
                .map(|id| fit.text("ContractFolderID", id, TITLE)),
            title: fit.needed("ProcurementProject/Name", &notice.subject.title),
            description: fit.description("ProcurementProject/Description", &notice.subject.description),
            buyer: fit.buyer(notice),
            cpv_codes: fit.cpv_codes(notice),
            estimated_value_cents: fit.cents("ProcurementProject", &notice.subject),
            above_threshold: None,
            bid_custody: BidCustody::Platform,
            bid_envelopes: BidEnvelopes::One,
            max_lots_per_bidder: fit.max_lots(notice),
            deadline_at: fit.deadline(notice),
            award_on: None,
        };
        let lots = notice.lots.iter().map(|lot| fit.lot(lot)).collect();
        fit.kept(notice);
        Self { tender, lots, not_taken: fit.not_taken }
    }
}

/// Numbers the lots as their ids do; where ids give no number, or two the same, in their order.
pub(super) fn number_lots(lots: &mut [LotNotice]) {
    let by_id: Vec<Option<u16>> = lots.iter().map(|lot| number_in(lot.id.as_deref()?)).collect();
    let distinct: BTreeSet<_> = by_id.iter().flatten().collect();
    let usable = distinct.len() == lots.len() && !distinct.contains(&0);
    for ((lot, by_id), in_order) in lots.iter_mut().zip(by_id).zip(1..=u16::MAX) {
        lot.number = if usable { by_id } else { Some(in_order) };
    }
}

/// The number in an id such as `LOT-0012`.
fn number_in(id: &str) -> Option<u16> {
    id.rsplit_once('-')?.1.parse().ok()
}

/// Makes texts and amounts fit, and keeps a list of what did not.
struct Fit<'a> {
    language: Option<&'a str>,
    not_taken: Vec<NotTaken>,
}

impl Fit<'_> {
    /// The text without control characters and no longer than it may be.
    fn text(&mut self, place: &str, text: &str, most: usize) -> String {
        let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        let fitting: String = text.chars().filter(allowed).take(most).collect();
        if fitting != text {
            self.not_taken.push(NotTaken::unfit(place, text));
        }
        fitting
    }

    fn needed(&mut self, place: &str, texts: &Texts) -> String {
        let title = texts.in_language(self.language).map(|text| self.text(place, text, TITLE));
        title.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| TO_COMPLETE.to_owned())
    }

    fn description(&mut self, place: &str, texts: &Texts) -> String {
        texts.in_language(self.language).map(|text| self.text(place, text, TEXT)).unwrap_or_default()
    }

    fn buyer(&mut self, notice: &Notice) -> String {
        let names = notice.buyer_names();
        let mut names = names.iter();
        let first = names.next().map(|name| self.text("ContractingParty/Party", name, TITLE));
        for other in names {
            self.not_taken.push(NotTaken::kept("ContractingParty/Party", *other));
        }
        first.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| TO_COMPLETE.to_owned())
    }

    /// The codes of the procedure, then those that only lots have.
    fn cpv_codes(&mut self, notice: &Notice) -> CpvCodes {
        const PLACE: &str = "ProcurementProject/ItemClassificationCode";
        let mut codes: Vec<CpvCode> = Vec::new();
        let mut seen = BTreeSet::new();
        let of_lots = notice.lots.iter().flat_map(|lot| &lot.subject.cpv_codes);
        for text in notice.subject.cpv_codes.iter().chain(of_lots) {
            if !seen.insert(text) {
                continue;
            }
            match text.parse() {
                Ok(code) if codes.len() < CODES => codes.push(code),
                Ok(_) | Err(_) => self.not_taken.push(NotTaken::unfit(PLACE, text)),
            }
        }
        CpvCodes(codes)
    }

    /// An estimated value in whole cents of a euro.
    fn cents(&mut self, of: &str, subject: &Subject) -> Option<i64> {
        let amount = subject.estimated_value.as_ref()?;
        let cents = in_cents(amount);
        if cents.is_none() {
            let currency = amount.currency.as_deref().unwrap_or_default();
            let place = format!("{of}/RequestedTenderTotal/EstimatedOverallContractAmount");
            self.not_taken.push(NotTaken::unfit(place, format!("{} {currency}", amount.value.0)));
        }
        cents
    }

    fn max_lots(&mut self, notice: &Notice) -> Option<u16> {
        let distribution = notice.lot_distribution.as_ref()?;
        if let Some(most) = distribution.max_lots_awarded {
            let place = "TenderingTerms/LotDistribution/MaximumLotsAwardedNumeric";
            self.not_taken.push(NotTaken::kept(place, most.to_string()));
        }
        let most = distribution.max_lots_submitted?;
        let fitting = u16::try_from(most).ok().filter(|most| *most > 0);
        if fitting.is_none() {
            let place = "TenderingTerms/LotDistribution/MaximumLotsSubmittedNumeric";
            self.not_taken.push(NotTaken::unfit(place, most.to_string()));
        }
        fitting
    }

    /// The one deadline of all lots; a tender has no other.
    fn deadline(&mut self, notice: &Notice) -> Option<DateTime<Utc>> {
        const PLACE: &str = "TenderingProcess/TenderSubmissionDeadlinePeriod";
        let deadlines = deadlines(notice);
        match deadlines.iter().collect::<Vec<_>>().as_slice() {
            [only] if YEARS.contains(&only.year()) => return Some(**only),
            [] => return None,
            _ => {}
        }
        self.not_taken.extend(deadlines.into_iter().map(|at| NotTaken::unfit(PLACE, at.to_rfc3339())));
        None
    }

    fn lot(&mut self, lot: &LotNotice) -> LotFacts {
        let of =
            format!("ProcurementProjectLot[{}]/ProcurementProject", lot.id.as_deref().unwrap_or_default());
        LotFacts {
            number: lot.number.unwrap_or_default(),
            title: self.needed(&format!("{of}/Name"), &lot.subject.title),
            description: self.description(&format!("{of}/Description"), &lot.subject.description),
            estimated_value_cents: self.cents(&of, &lot.subject),
        }
    }

    /// What is understood but has no place in a tender.
    fn kept(&mut self, notice: &Notice) {
        for language in &notice.other_languages {
            self.not_taken.push(NotTaken::kept("AdditionalNoticeLanguage/ID", language));
        }
        for group in &notice.lot_groups {
            let id = group.id.clone().unwrap_or_default();
            self.not_taken.push(NotTaken::kept("ProcurementProjectLot[LotsGroup]", id));
        }
        for lot in &notice.lots {
            let Some(framework) = &lot.framework else { continue };
            let of =
                format!("ProcurementProjectLot[{}]/TenderingProcess", lot.id.as_deref().unwrap_or_default());
            let most = framework.maximum_participants.map(|most| most.to_string());
            let told = [
                ("ContractingSystem/ContractingSystemTypeCode", framework.technique.clone()),
                ("FrameworkAgreement/MaximumOperatorQuantity", most),
            ];
            for (place, value) in told {
                self.not_taken.extend(value.map(|value| NotTaken::kept(format!("{of}/{place}"), value)));
            }
        }
        let whole = (String::new(), &notice.subject, &notice.participation, &notice.dates);
        let of_lots = notice.lots.iter().map(|lot| {
            let place = format!("ProcurementProjectLot[{}]/", lot.id.as_deref().unwrap_or_default());
            (place, &lot.subject, &lot.participation, &lot.dates)
        });
        for (of, subject, participation, dates) in std::iter::once(whole).chain(of_lots) {
            let mut keep = |place: &str, value: &str| {
                self.not_taken.push(NotTaken::kept(format!("{of}{place}"), value));
            };
            let objectives = subject.strategic_objectives.iter().chain(&subject.social_objectives);
            for code in objectives.chain(&subject.other_objectives) {
                keep("ProcurementProject/ProcurementAdditionalType", code);
            }
            for code in participation.reserved.iter().filter(|code| *code != "none") {
                keep("TenderingTerms/TendererQualificationRequest", code);
            }
            for code in participation.reserved_execution.iter().filter(|code| *code != "no") {
                keep("TenderingTerms/ContractExecutionRequirement", code);
            }
            for condition in &participation.conditions.0 {
                keep("TenderingTerms/ContractExecutionRequirement", &condition.text);
            }
            if let Some(at) = dates.requests_until {
                keep("TenderingProcess/ParticipationRequestReceptionPeriod", &at.to_rfc3339());
            }
            if let Some(at) = dates.opening_at {
                keep("TenderingProcess/OpenTenderEvent", &at.to_rfc3339());
            }
        }
    }
}

/// All different moments until which bids can be made.
pub(super) fn deadlines(notice: &Notice) -> BTreeSet<DateTime<Utc>> {
    let of_lots = notice.lots.iter().filter_map(|lot| lot.dates.bids_until);
    notice.dates.bids_until.into_iter().chain(of_lots).collect()
}

fn in_cents(amount: &Amount) -> Option<i64> {
    if amount.currency.as_deref() != Some("EUR") || amount.value.0.is_sign_negative() {
        return None;
    }
    let cents = amount.value.0.checked_mul(Decimal::ONE_HUNDRED)?;
    if cents.fract().is_zero() { cents.to_i64() } else { None }
}
