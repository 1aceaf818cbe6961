//! Makes releases and records from what is known of a procedure.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde_json::value::RawValue;

use super::facts::{AwardFacts, ContractFacts, LotProcess, Process};
use super::release::{
    Award, AwardCriteria, AwardFactor, BidPart, Bids, Classification, ContractPart, Criterion,
    CriterionNumber, Evaluation, Exact, Identifier, Implementation, Item, LotDetails, LotPart, Milestone,
    Party, Period, PsoLevelRow, PsoLevels, Record, Reference, Release, SocialReturn, Statistic, TenderPart,
    Value,
};
use crate::domain::fulfilment::obligation_state::ObligationState;
use crate::domain::procedure::State;
use crate::exchange::score_file::{
    AwardModelInput, CriterionInput, CriterionKindInput, LevelMeasureInput, LevelTableInput, WeightUnitInput,
};
use crate::exchange::score_result::BidResult;

/// The releases of a procedure, one for each stage that it reached, the first first. None while it is a draft.
#[must_use]
pub fn releases(process: &Process) -> Vec<Release> {
    let Some(published_at) = process.tender.published_at else { return Vec::new() };
    let mut releases = vec![Release {
        tender: Some(tender(process)),
        ..empty(process, "tender", published_at.max(last_change(process)))
    }];
    let decided = process.lots.iter().filter_map(decided_at).max();
    if let Some(date) = decided {
        releases.push(Release {
            bids: bids(process),
            awards: process.lots.iter().filter_map(award).collect(),
            parties: with_suppliers(process),
            ..empty(process, "award", date)
        });
    }
    let changed = process.contracts.iter().map(|facts| facts.contract.record.updated_at).max();
    if let Some(date) = changed {
        let contracts = |with: fn(ContractPart) -> ContractPart| -> Vec<ContractPart> {
            process.contracts.iter().map(|facts| with(contract(facts))).collect()
        };
        let without = |part| ContractPart { implementation: None, ..part };
        releases.push(Release { contracts: contracts(without), ..empty(process, "contract", date) });
        if process.contracts.iter().any(|facts| facts.contract.state != ObligationState::Concept) {
            releases.push(Release {
                contracts: contracts(|part| part),
                ..empty(process, "implementation", date)
            });
        }
    }
    releases
}

/// The record of a procedure: its releases, and all that they say together. None while it is a draft.
#[must_use]
pub fn record(process: &Process) -> Option<Record> {
    let releases = releases(process);
    let date = releases.iter().map(|release| release.date).max()?;
    let compiled_release = Release {
        tender: Some(tender(process)),
        bids: bids(process),
        awards: process.lots.iter().filter_map(award).collect(),
        contracts: process.contracts.iter().map(contract).collect(),
        parties: with_suppliers(process),
        ..empty(process, "compiled", date)
    };
    Some(Record { ocid: ocid(process), releases, compiled_release })
}

fn ocid(process: &Process) -> String {
    format!("{}-{}", process.prefix, process.tender.id)
}

/// A release that says nothing but who buys. Its id follows from what it tells of and when.
fn empty(process: &Process, tag: &'static str, date: DateTime<Utc>) -> Release {
    let ocid = ocid(process);
    Release {
        id: format!("{ocid}-{tag}-{}", date.timestamp_micros()),
        ocid,
        date,
        tag: vec![tag],
        initiation_type: "tender",
        language: "nl",
        parties: vec![buyer_party(process)],
        buyer: buyer(process),
        tender: None,
        bids: None,
        awards: Vec::new(),
        contracts: Vec::new(),
    }
}

/// When what the first release tells of last changed: the tender, or the state of a lot.
fn last_change(process: &Process) -> DateTime<Utc> {
    let lots = process.lots.iter().map(|of| of.lot.record.updated_at);
    lots.fold(process.tender.record.updated_at, DateTime::max)
}

fn buyer(process: &Process) -> Reference {
    Reference { id: process.municipality.id.cbs_code(), name: process.municipality.name.clone() }
}

fn buyer_party(process: &Process) -> Party {
    let Reference { id, name } = buyer(process);
    Party { id, name, identifier: None, roles: vec!["buyer", "procuringEntity"] }
}

fn supplier(award: &AwardFacts) -> Reference {
    let id = format!("NL-KVK-{}", award.supplier);
    Reference { name: award.supplier_name.clone().unwrap_or_else(|| id.clone()), id }
}

/// The buyer, and each winner once.
fn with_suppliers(process: &Process) -> Vec<Party> {
    let mut parties = vec![buyer_party(process)];
    for award in process.lots.iter().filter_map(|of| of.award.as_ref()) {
        let Reference { id, name } = supplier(award);
        if parties.iter().all(|party| party.id != id) {
            let identifier = Some(Identifier { scheme: "NL-KVK", id: award.supplier.to_string() });
            parties.push(Party { id, name, identifier, roles: vec!["tenderer", "supplier"] });
        }
    }
    parties
}

fn tender(process: &Process) -> TenderPart {
    let facts = &process.tender.facts;
    let state = State::of_tender(process.lots.iter().map(|of| of.lot.state));
    let codes = facts.cpv_codes.0.iter().zip(1..);
    TenderPart {
        id: process.tender.id.to_string(),
        title: facts.title.clone(),
        description: facts.description.clone(),
        status: status(state),
        procuring_entity: buyer(process),
        items: codes
            .map(|(code, number): (_, u32)| Item {
                id: number.to_string(),
                classification: Classification { scheme: "CPV", id: code.to_string() },
            })
            .collect(),
        value: facts.estimated_value_cents.map(euros),
        tender_period: Some(Period {
            start_date: process.tender.published_at.map(moment),
            end_date: facts.deadline_at.map(moment),
        }),
        lots: process.lots.iter().map(lot).collect(),
        lot_details: facts.max_lots_per_bidder.map(|most| LotDetails { maximum_lots_bid_per_supplier: most }),
    }
}

fn lot(of: &LotProcess) -> LotPart {
    LotPart {
        id: of.lot.id.to_string(),
        title: of.lot.facts.title.clone(),
        description: of.lot.facts.description.clone(),
        status: status(of.lot.state),
        value: of.lot.facts.estimated_value_cents.map(euros),
        award_criteria: of.model.as_ref().map(criteria),
    }
}

/// The closed codelist of the standard.
const fn status(state: State) -> &'static str {
    match state {
        State::Draft => "planned",
        State::Published | State::Closed | State::Opened | State::Evaluated | State::AwardProposed => {
            "active"
        }
        State::Awarded => "complete",
        State::Unsuccessful => "unsuccessful",
        State::Cancelled => "cancelled",
    }
}

fn criteria(model: &AwardModelInput) -> AwardCriteria {
    let mut criteria = Vec::new();
    for criterion in &model.criteria {
        collect(criterion, model.weight_unit, "", &mut criteria);
    }
    AwardCriteria { award_method: model.method.code.clone(), criteria }
}

/// The criteria that are scored; a group stands in the names of those below it.
fn collect(
    criterion: &CriterionInput,
    unit: Option<WeightUnitInput>,
    above: &str,
    into: &mut Vec<Criterion>,
) {
    let title = criterion.title.as_deref().unwrap_or(&criterion.id);
    let name = if above.is_empty() { title.to_owned() } else { format!("{above}: {title}") };
    let (kind, scored_by) = match criterion.kind {
        CriterionKindInput::Group => {
            criterion.criteria.iter().for_each(|below| collect(below, unit, &name, into));
            return;
        }
        CriterionKindInput::Price => ("price", "price"),
        CriterionKindInput::FixedPrice => ("price", "fixed-price"),
        CriterionKindInput::LifeCycleCost => ("cost", "life-cycle-cost"),
        CriterionKindInput::AssessedQuality => ("quality", "assessed-quality"),
        CriterionKindInput::PsoLevel => ("quality", "pso-level"),
        CriterionKindInput::SocialReturnCommitment => ("quality", "social-return-commitment"),
        CriterionKindInput::Numeric => ("quality", "numeric"),
    };
    into.push(Criterion {
        kind,
        name,
        numbers: numbers(criterion, unit),
        scored_by,
        pso_levels: criterion.levels.as_ref().map(pso_levels),
    });
}

fn numbers(criterion: &CriterionInput, unit: Option<WeightUnitInput>) -> Vec<CriterionNumber> {
    let mut numbers = Vec::new();
    if let Some(weight) = criterion.weight {
        let unit = match unit {
            Some(WeightUnitInput::Percent) => "percentageExact",
            Some(WeightUnitInput::Points) | None => "pointsExact",
        };
        numbers.push(CriterionNumber { number: exact(weight.0), weight: Some(unit), ..Default::default() });
    }
    if let Some(amount) = criterion.amount {
        numbers.push(CriterionNumber { number: exact(amount.0), fixed: Some("total"), ..Default::default() });
    }
    if let Some(least) = criterion.threshold.as_ref().and_then(|threshold| threshold.minimum_score) {
        let threshold = Some("minimumScore");
        numbers.push(CriterionNumber { number: exact(least.0), threshold, ..Default::default() });
    }
    numbers
}

fn pso_levels(table: &LevelTableInput) -> PsoLevels {
    PsoLevels {
        measure: match table.measure {
            LevelMeasureInput::Points => "points",
            LevelMeasureInput::Score => "score",
            LevelMeasureInput::DiscountPercent => "discount-percent",
            LevelMeasureInput::DiscountAmount => "discount-amount",
        },
        rows: table
            .rows
            .iter()
            .filter_map(|row| Some(PsoLevelRow { level: row.level.clone(), value: exact(row.value.0)? }))
            .collect(),
    }
}

fn bids(process: &Process) -> Option<Bids> {
    let opened = process.lots.iter().filter_map(|of| Some((of, of.bids?)));
    let statistics: Vec<_> = opened
        .map(|(of, count)| Statistic {
            id: format!("{}-bids", of.lot.id),
            measure: "bids",
            value: count,
            related_lot: of.lot.id.to_string(),
        })
        .collect();
    let details = process.lots.iter().flat_map(details).collect();
    (!statistics.is_empty()).then_some(Bids { statistics, details })
}

/// The bids on a lot that is awarded: the winner by name, the others by an id that says nothing.
fn details(of: &LotProcess) -> Vec<BidPart> {
    let Some(award) = &of.award else { return Vec::new() };
    let winner = award.decision.bid.to_string();
    let part = |id: &str, status, evaluation| BidPart {
        id: id.to_owned(),
        status,
        tenderers: if id == winner { vec![supplier(award)] } else { Vec::new() },
        related_lots: vec![of.lot.id.to_string()],
        evaluation,
    };
    let ranked = award.result.ranking.iter().map(|bid| part(&bid.id, "valid", Some(evaluation(bid))));
    ranked.chain(award.result.excluded.iter().map(|bid| part(&bid.id, "disqualified", None))).collect()
}

fn evaluation(bid: &BidResult) -> Evaluation {
    let number = |text: &str| text.parse().ok().and_then(exact);
    Evaluation {
        rank: bid.rank,
        total_score: number(&bid.total.declared),
        pso_level: bid.level.clone(),
        award_factor: bid.award_factor.as_ref().map(|factor| AwardFactor {
            pso_level_points: number(&factor.level.points),
            commitment_points: number(&factor.commitments.points),
        }),
    }
}

fn decided_at(of: &LotProcess) -> Option<DateTime<Utc>> {
    of.award.as_ref().map(|award| award.awarded_at).or(of.ended_at)
}

fn award(of: &LotProcess) -> Option<Award> {
    let related_lots = vec![of.lot.id.to_string()];
    if let Some(award) = &of.award {
        return Some(Award {
            id: award.decision.id.to_string(),
            status: "active",
            date: award.awarded_at,
            value: award.price.and_then(|price| Some(Value { amount: exact(price.0)?, currency: "EUR" })),
            suppliers: vec![supplier(award)],
            related_lots,
            related_bid: Some(award.decision.bid.to_string()),
        });
    }
    Some(Award {
        id: of.lot.id.to_string(),
        status: if of.lot.state == State::Cancelled { "cancelled" } else { "unsuccessful" },
        date: of.ended_at?,
        value: None,
        suppliers: Vec::new(),
        related_lots,
        related_bid: None,
    })
}

fn contract(facts: &ContractFacts) -> ContractPart {
    let ContractFacts { contract, award_id, approved_cents } = facts;
    let terms = &contract.terms;
    let settled = !matches!(contract.state, ObligationState::Concept | ObligationState::Exempt);
    ContractPart {
        id: contract.id.to_string(),
        award_id: award_id.clone(),
        title: terms.title.clone(),
        status: match contract.state {
            ObligationState::Concept => "pending",
            ObligationState::Fixed | ObligationState::Running | ObligationState::CurePeriod => "active",
            ObligationState::Exempt
            | ObligationState::Fulfilled
            | ObligationState::Short
            | ObligationState::Sanctioned
            | ObligationState::Excused => "terminated",
        },
        period: Period { start_date: Some(start_of(terms.starts_on)), end_date: Some(end_of(terms.ends_on)) },
        value: euros(terms.contract_sum_cents),
        social_return: contract.obligation_cents.map(|owed| SocialReturn {
            obligation: euros(owed),
            status: contract.state.to_string(),
            realised: settled.then(|| euros(*approved_cents)),
        }),
        implementation: settled.then(|| Implementation { milestones: vec![milestone(facts)] }),
    }
}

fn milestone(facts: &ContractFacts) -> Milestone {
    let contract = &facts.contract;
    Milestone {
        id: format!("{}-social-return", contract.id),
        title: "Social return",
        kind: "delivery",
        due_date: end_of(contract.cure_until.unwrap_or(contract.terms.ends_on)),
        status: match contract.state {
            ObligationState::Fulfilled => "met",
            ObligationState::Short | ObligationState::Sanctioned | ObligationState::Excused
                if facts.approved_cents > 0 =>
            {
                "partiallyMet"
            }
            ObligationState::Short | ObligationState::Sanctioned | ObligationState::Excused => "notMet",
            ObligationState::Concept
            | ObligationState::Fixed
            | ObligationState::Running
            | ObligationState::Exempt
            | ObligationState::CurePeriod => "scheduled",
        },
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn start_of(day: NaiveDate) -> String {
    moment(day.and_time(NaiveTime::MIN).and_utc())
}

/// The standard asks for the end of the day.
fn end_of(day: NaiveDate) -> String {
    format!("{day}T23:59:59Z")
}

fn euros(cents: i64) -> Value {
    let amount = exact(Decimal::new(cents, 2)).unwrap_or_else(|| RawValue::NULL.to_owned());
    Value { amount, currency: "EUR" }
}

/// A decimal as a JSON number with its own digits.
fn exact(value: Decimal) -> Option<Exact> {
    RawValue::from_string(value.normalize().to_string()).ok()
}
