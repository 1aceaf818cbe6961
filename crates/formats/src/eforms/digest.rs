//! Takes from the elements of a notice what they say.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;

use super::criterion::AwardCriteria;
use super::element::{Element, extension, number};
use super::notice::{
    Amount, ChangeNotice, Dates, FrameworkNotice, Identifier, LotDistribution, LotGroupMembers, LotNotice,
    Notice, Organisation, Participation, Subject,
};
use super::result::Results;

const WHOLE: &str = "ProcurementProject";
/// What an organisation that is a person is called in the way to its texts.
pub(super) const NATURAL_PERSON: &str = "NaturalPerson";

/// Takes what stands below the outermost element beside the lots.
pub(super) fn take_procedure(notice: &mut Notice, root: &mut Element) {
    notice.subtype = root.take_text(extension!("NoticeSubType/SubTypeCode"));
    notice.publication_number = root.take_text(extension!("Publication/NoticePublicationID"));
    notice.notice_type = root.take_text("NoticeTypeCode");
    notice.notice_id = root.take_text("ID");
    notice.version = root.take_text("VersionID");
    notice.procedure_id = root.take_text("ContractFolderID");
    notice.eforms_version = root.take_text("CustomizationID");
    notice.language = root.take_text("NoticeLanguageCode");
    notice.other_languages = root.take_list("AdditionalNoticeLanguage/ID");
    notice.issued_at = take_moment(root, "IssueDate", "IssueTime");
    notice.legal_basis = root.take_text("RegulatoryDomain");
    notice.procedure_type = root.take_text("TenderingProcess/ProcedureCode");
    notice.buyers = root.take_list("ContractingParty/Party/PartyIdentification/ID");
    notice.organisations =
        root.each(extension!("Organizations/Organization")).into_iter().filter_map(organisation).collect();
    notice.internal_id = root.take_text("ProcurementProject/ID");
    notice.subject = take_subject(root);
    notice.dates = take_dates(root);
    notice.participation = take_participation(root);
    notice.award_criteria = take_criteria(root);
    notice.lot_distribution =
        root.each("TenderingTerms/LotDistribution").into_iter().next().map(lot_distribution);
    notice.change = root.each(extension!("Changes")).into_iter().next().map(change);
    notice.results = root.each(extension!("NoticeResult")).into_iter().next().map(Results::take);
}

/// Takes what a lot, a group of lots or a part says.
pub(super) fn take_lot(lot: &mut Element) -> LotNotice {
    LotNotice {
        id: lot.take_text("ID"),
        number: None,
        planned: false,
        internal_id: lot.take_text("ProcurementProject/ID"),
        subject: take_subject(lot),
        award_criteria: take_criteria(lot),
        framework: take_framework(lot),
        participation: take_participation(lot),
        dates: take_dates(lot),
    }
}

/// None where the notice says that there is none, or nothing of it.
fn take_framework(lot: &mut Element) -> Option<FrameworkNotice> {
    let mut found = FrameworkNotice::default();
    for process in lot.each("TenderingProcess") {
        let codes = process.take_codes("ContractingSystem/ContractingSystemTypeCode", "framework-agreement");
        found.technique = found.technique.or_else(|| codes.into_iter().find(|code| code != "none"));
        let most = process.take_whole("FrameworkAgreement/MaximumOperatorQuantity");
        found.maximum_participants = found.maximum_participants.or(most);
    }
    (found != FrameworkNotice::default()).then_some(found)
}

fn take_criteria(of: &mut Element) -> AwardCriteria {
    let mut criteria = AwardCriteria::default();
    for terms in of.each("TenderingTerms") {
        let taken = AwardCriteria::take(terms);
        criteria.criteria.extend(taken.criteria);
        criteria.formula.0.extend(taken.formula.0);
        criteria.order_justification.0.extend(taken.order_justification.0);
    }
    criteria
}

fn take_subject(of: &mut Element) -> Subject {
    let mut subject = Subject::default();
    for project in of.each(WHOLE) {
        subject.title.0.extend(project.take_texts("Name").0);
        subject.description.0.extend(project.take_texts("Description").0);
        subject.natures.extend(project.take_list("ProcurementTypeCode"));
        subject
            .cpv_codes
            .extend(project.take_codes("MainCommodityClassification/ItemClassificationCode", "cpv"));
        subject
            .cpv_codes
            .extend(project.take_codes("AdditionalCommodityClassification/ItemClassificationCode", "cpv"));
        if subject.estimated_value.is_none() {
            subject.estimated_value =
                project.take_first("RequestedTenderTotal/EstimatedOverallContractAmount", amount);
        }
        for additional in project.each("ProcurementAdditionalType") {
            take_additional(&mut subject, additional);
        }
    }
    subject
}

fn take_additional(subject: &mut Subject, additional: &mut Element) {
    const CODE: &str = "ProcurementTypeCode";
    subject.natures.extend(additional.take_codes(CODE, "contract-nature"));
    subject.strategic_objectives.extend(additional.take_codes(CODE, "strategic-procurement"));
    subject.social_objectives.extend(additional.take_codes(CODE, "social-objective"));
    for list in ["environmental-impact", "innovative-acquisition", "accessibility", "gpp-criteria"] {
        let codes = additional.take_codes(CODE, list).into_iter().map(|code| format!("{list}: {code}"));
        subject.other_objectives.extend(codes);
    }
    subject.strategic_description.0.extend(additional.take_texts("ProcurementType").0);
}

fn take_participation(of: &mut Element) -> Participation {
    let mut taken = Participation::default();
    for terms in of.each("TenderingTerms") {
        taken.reserved.extend(terms.take_codes(
            "TendererQualificationRequest/SpecificTendererRequirement/TendererRequirementTypeCode",
            "reserved-procurement",
        ));
        for requirement in terms.each("ContractExecutionRequirement") {
            taken
                .reserved_execution
                .extend(requirement.take_codes("ExecutionRequirementCode", "reserved-execution"));
            let codes = requirement.each("ExecutionRequirementCode");
            if codes.iter().any(|code| code.attribute("listName") == Some("conditions")) {
                taken.conditions.0.extend(requirement.take_texts("Description").0);
            }
        }
    }
    taken
}

fn take_dates(of: &mut Element) -> Dates {
    let mut dates = Dates::default();
    for process in of.each("TenderingProcess") {
        for (place, from, date, time) in [
            (&mut dates.bids_until, "TenderSubmissionDeadlinePeriod", "EndDate", "EndTime"),
            (&mut dates.requests_until, "ParticipationRequestReceptionPeriod", "EndDate", "EndTime"),
            (&mut dates.opening_at, "OpenTenderEvent", "OccurrenceDate", "OccurrenceTime"),
        ] {
            for period in process.each(from) {
                if place.is_none() {
                    *place = take_moment(period, date, time);
                }
            }
        }
    }
    dates
}

/// A company of the notice. What a natural person is called stays with the notice.
fn organisation(element: &mut Element) -> Option<Organisation> {
    let person = element.take_flag("NaturalPersonIndicator") == Some(true);
    let company = element.each("Company").into_iter().next()?;
    let id = company.take_text("PartyIdentification/ID");
    if person {
        // The name tells whoever lists what is left that it is personal.
        NATURAL_PERSON.clone_into(&mut element.name);
        return Some(Organisation { id, ..Organisation::default() });
    }
    Some(Organisation {
        id,
        name: company.take_texts("PartyName/Name"),
        identifiers: company.take_each("PartyLegalEntity/CompanyID", |text, element| {
            let scheme = element.attribute("schemeName").or_else(|| element.attribute("schemeID"));
            Some(Identifier { scheme: scheme.map(str::to_owned), id: text.to_owned() })
        }),
        country: company.take_text("PostalAddress/Country/IdentificationCode"),
    })
}

fn lot_distribution(element: &mut Element) -> LotDistribution {
    LotDistribution {
        max_lots_submitted: element.take_whole("MaximumLotsSubmittedNumeric"),
        max_lots_awarded: element.take_whole("MaximumLotsAwardedNumeric"),
        groups: element
            .each("LotsGroup")
            .into_iter()
            .map(|group| LotGroupMembers {
                group_id: group.take_text("LotsGroupID"),
                lot_ids: group.take_list("ProcurementProjectLotReference/ID"),
            })
            .collect(),
    }
}

fn change(element: &mut Element) -> ChangeNotice {
    ChangeNotice {
        changed_notice: element.take_text("ChangedNoticeIdentifier"),
        reasons: element.take_list("ChangeReason/ReasonCode"),
        reason_description: element.take_texts("ChangeReason/ReasonDescription"),
        description: element.take_texts("Change/ChangeDescription"),
        sections: element.take_list("Change/ChangedSection/ChangedSectionIdentifier"),
    }
}

pub(super) fn amount(text: &str, element: &Element) -> Option<Amount> {
    Some(Amount { value: number(text)?, currency: element.attribute("currencyID").map(str::to_owned) })
}

/// A day, with or without an offset: `2020-04-03+01:00`.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    divided(text, 10)?.0.parse().ok()
}

/// Takes a moment that stands in two elements. Both stay when the moment cannot be told: a day alone is
/// none, nor is a time that the Dutch clock skips or has twice.
fn take_moment(of: &mut Element, date: &str, time: &str) -> Option<DateTime<Utc>> {
    let at = moment(&said(of, date)?, &said(of, time)?)?;
    of.take_text(date);
    of.take_text(time);
    Some(at)
}

fn said(of: &mut Element, path: &str) -> Option<String> {
    let elements = of.each(path);
    let mut texts = elements.iter().map(|element| element.text.trim()).filter(|text| !text.is_empty());
    texts.next().map(str::to_owned)
}

/// The offset of the time counts, failing that the one of the date, failing that the Dutch clock.
fn moment(date: &str, time: &str) -> Option<DateTime<Utc>> {
    let (date, of_date) = divided(date, 10)?;
    let (time, of_time) = divided(time, 8)?;
    let at = date.parse::<NaiveDate>().ok()?.and_time(time.parse::<NaiveTime>().ok()?);
    match of_time.or(of_date) {
        Some(offset) => Some(offset.from_local_datetime(&at).single()?.to_utc()),
        None => match Amsterdam.from_local_datetime(&at) {
            LocalResult::Single(at) => Some(at.to_utc()),
            LocalResult::Ambiguous(..) | LocalResult::None => None,
        },
    }
}

/// A date or time and its offset. `shortest` is the length without fractions of a second and offset.
fn divided(text: &str, shortest: usize) -> Option<(&str, Option<FixedOffset>)> {
    if let Some(without) = text.strip_suffix('Z') {
        return Some((without, FixedOffset::east_opt(0)));
    }
    let tail = text.get(shortest..)?;
    let Some(sign) = tail.find(['+', '-']) else { return Some((text, None)) };
    let (value, offset) = text.split_at_checked(shortest.checked_add(sign)?)?;
    Some((value, Some(offset.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_counts_in_the_offset_that_the_notice_gives() {
        for (date, time, utc) in [
            ("2020-04-03+01:00", "12:00:00+01:00", "2020-04-03T11:00:00Z"),
            ("2020-04-03Z", "12:00:00Z", "2020-04-03T12:00:00Z"),
            ("2020-04-03+02:00", "12:00:00", "2020-04-03T10:00:00Z"),
            ("2020-04-03-05:00", "23:30:00.5-05:00", "2020-04-04T04:30:00.5Z"),
            ("2020-01-03", "12:00:00", "2020-01-03T11:00:00Z"),
            ("2020-07-03", "12:00:00", "2020-07-03T10:00:00Z"),
        ] {
            assert_eq!(moment(date, time), Some(utc.parse().unwrap()), "{date} {time}");
        }
    }

    #[test]
    fn a_moment_that_cannot_be_told_is_none() {
        for (date, time) in [
            ("2020-03-29", "02:30:00"),
            ("2020-10-25", "02:30:00"),
            ("2020-13-01", "12:00:00"),
            ("2020-04-03+1", "12:00:00+25:99"),
            ("é", "12:00:00"),
            ("", ""),
        ] {
            assert_eq!(moment(date, time), None, "{date} {time}");
        }
    }
}
