//! Makes releases and records from what is known of a procedure.

use chrono::{DateTime, Utc};

use super::contracts::contract;
use super::criteria::criteria;
use super::facts::{LotProcess, Process, WinnerFacts};
use super::release::{
    Award, BidPart, Bids, Classification, ContractPart, Evaluation, Identifier, Item, LotDetails, LotPart,
    Party, Period, Record, Reference, Release, Statistic, Techniques, TenderPart, Value,
};
use super::techniques::{of_a_framework, techniques};
use super::values::{euros, exact, moment};
use trede_model::following::obligation_state::ObligationState;
use trede_model::tendering::procedure::State;
use trede_wire::score_result::BidResult;

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
            awards: process.lots.iter().flat_map(awards).collect(),
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
        awards: process.lots.iter().flat_map(awards).collect(),
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

fn supplier(winner: &WinnerFacts) -> Reference {
    let id = format!("NL-KVK-{}", winner.supplier);
    Reference { name: winner.supplier_name.clone().unwrap_or_else(|| id.clone()), id }
}

/// The buyer, and each winner once.
fn with_suppliers(process: &Process) -> Vec<Party> {
    let mut parties = vec![buyer_party(process)];
    let awards = process.lots.iter().filter_map(|of| of.award.as_ref());
    for winner in awards.flat_map(|award| &award.winners) {
        let Reference { id, name } = supplier(winner);
        if parties.iter().all(|party| party.id != id) {
            let identifier = Some(Identifier { scheme: "NL-KVK", id: winner.supplier.to_string() });
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
        techniques: of_a_framework(process).then_some(Techniques::FRAMEWORK),
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
        techniques: of.model.as_ref().and_then(techniques),
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

/// The bids on a lot that is awarded: who won by name, the others by an id that says nothing.
fn details(of: &LotProcess) -> Vec<BidPart> {
    let Some(award) = &of.award else { return Vec::new() };
    let won = |id: &str| award.winners.iter().find(|winner| winner.bid.to_string() == id);
    let part = |id: &str, status, evaluation| BidPart {
        id: id.to_owned(),
        status,
        tenderers: won(id).map(supplier).into_iter().collect(),
        related_lots: vec![of.lot.id.to_string()],
        evaluation,
    };
    let ranked = award.result.ranking.iter().map(|bid| part(&bid.id, "valid", Some(evaluation(bid))));
    ranked.chain(award.result.excluded.iter().map(|bid| part(&bid.id, "disqualified", None))).collect()
}

/// Nothing that a price went into: from a total, from what is public of the award model and from the value of the award
/// the prices of others could be computed, also from the winner's where it depends on the lowest price (directive
/// 2014/24 art. 21 and 55(3); Aw 2012 art. 2.57).
fn evaluation(bid: &BidResult) -> Evaluation {
    Evaluation { rank: bid.rank, pso_level: bid.level.clone() }
}

fn decided_at(of: &LotProcess) -> Option<DateTime<Utc>> {
    of.award.as_ref().map(|award| award.changed_at).or(of.ended_at)
}

/// An award for each winner; one without suppliers where the lot ended without.
fn awards(of: &LotProcess) -> Vec<Award> {
    let related_lots = vec![of.lot.id.to_string()];
    if let Some(award) = &of.award {
        let of_winner = |winner: &WinnerFacts| Award {
            id: winner.award_id.clone(),
            status: if winner.has_dropped_out { "cancelled" } else { "active" },
            date: winner.awarded_at,
            value: winner.price.and_then(|price| Some(Value { amount: exact(price.0)?, currency: "EUR" })),
            suppliers: vec![supplier(winner)],
            related_lots: related_lots.clone(),
            related_bid: Some(winner.bid.to_string()),
        };
        return award.winners.iter().map(of_winner).collect();
    }
    let Some(date) = of.ended_at else { return Vec::new() };
    vec![Award {
        id: of.lot.id.to_string(),
        status: if of.lot.state == State::Cancelled { "cancelled" } else { "unsuccessful" },
        date,
        value: None,
        suppliers: Vec::new(),
        related_lots,
        related_bid: None,
    }]
}
