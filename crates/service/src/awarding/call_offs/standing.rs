//! A framework agreement as it stands: who is party to it, what was ordered, and whose turn it is.

use chrono::{DateTime, Utc};

use crate::assessing::dossier::Dossier;
use crate::awarding::seats::{Awarded, Seat, awarded};
use crate::bidding::bids::name_in;
use crate::frame::error::{Bilingual, ServiceError};
use crate::tendering::declared_models::award_model;
use trede_base::ids::KvkNumber;
use trede_formats::dossier::{CallOffOrder, Fact};
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::procedure::State;
use trede_rules::award::call_off::{Agreement, Operator, Order, Turn, Way};
use trede_rules::award::winners::CallOff;
use trede_rules::explaining::Language;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// An operator (ondernemer) that is, or was, party to the framework agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its place among the winners.
    pub seat: Seat,
    /// Its KvK number; of a consortium that of the lead member (penvoerder).
    pub bidder: KvkNumber,
    /// Its name, where its bid tells it.
    pub name: Option<String>,
    /// When it dropped out, for one that did.
    pub gone_at: Option<DateTime<Utc>>,
}

impl Party {
    fn operator(&self) -> Operator {
        Operator { place: self.seat.place }
    }

    /// As a text names it: a name alone does not tell two apart.
    pub(super) fn named(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} (KvK {})", self.bidder),
            None => format!("KvK {}", self.bidder),
        }
    }
}

/// A framework agreement with orders.
pub(super) struct Standing {
    pub(super) decision: AwardDecision,
    pub(super) call_off: CallOff,
    /// Who holds a place now, in the order of their places.
    pub(super) parties: Vec<Party>,
    /// Who dropped out.
    pub(super) gone: Vec<Party>,
    /// The orders, by number.
    pub(super) orders: Vec<CallOffOrder>,
}

impl Standing {
    /// That of a lot, by its dossier.
    pub(super) fn load(c: &mut AnyConnection, lot: &Lot, dossier: &Dossier) -> Result<Self, ServiceError> {
        let call_off = declared(lot)?;
        if lot.state == State::Awarded && call_off.is_none() {
            return Err(no_call_off());
        }
        let Awarded { decision, seats, .. } = awarded(c, lot, dossier)?;
        let call_off = call_off.ok_or_else(no_call_off)?;
        let mut party = |seat: Seat, gone_at: Option<DateTime<Utc>>| {
            let bid = store::bidding::bids::find(c, lot.municipality, lot.id, seat.bid)?;
            let bid = bid.ok_or(ServiceError::NotFound { what: "bid" })?;
            Ok::<_, ServiceError>(Party { seat, bidder: bid.bidder, name: name_in(&bid), gone_at })
        };
        let parties = seats.winners.iter().map(|seat| party(*seat, None)).collect::<Result<Vec<_>, _>>()?;
        let gone = seats.gone.iter().map(|(seat, at)| party(*seat, Some(*at)));
        let gone = gone.collect::<Result<Vec<_>, _>>()?;
        let orders = dossier.facts(|fact| match fact {
            Fact::CallOffPlaced(order) => Some(order),
            _ => None,
        });
        let orders = orders.filter(|(_, order)| order.decision_id == decision.id);
        // Ids are given out before the write begins, so theirs is not always the order in which turns were given.
        let mut orders: Vec<CallOffOrder> = orders.map(|(_, order)| order.clone()).collect();
        orders.sort_unstable_by_key(|order| order.number);
        Ok(Self { decision, call_off, parties, gone, orders })
    }

    /// The number of the next order; no two get the same, since what was read stays true until the order is stored.
    pub(super) fn next_number(&self) -> Result<u32, ServiceError> {
        let last = self.orders.last().map_or(0, |order| order.number);
        last.checked_add(1).ok_or_else(|| ServiceError::Internal("no number is left for an order".into()))
    }

    /// Who holds a place now by this bid.
    pub(super) fn party(&self, bid: BidId) -> Option<&Party> {
        self.parties.iter().find(|party| party.seat.bid == bid)
    }

    /// Who holds a place now, as a text names them.
    pub(super) fn names(&self) -> String {
        let names: Vec<String> = self.parties.iter().map(Party::named).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    }

    /// Who holds a place now, and who dropped out.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().chain(&self.gone)
    }

    fn at(&self, operator: Operator) -> Option<&Party> {
        self.everybody().find(|party| party.operator() == operator)
    }

    /// Whose turn it is, as a party.
    pub(super) fn whose(&self, turn: Turn) -> Option<&Party> {
        turn.operator.and_then(|operator| self.at(operator))
    }

    /// Why, in both languages.
    pub(super) fn explained(&self, turn: Turn) -> Bilingual {
        let name = |operator: Option<Operator>| {
            operator.and_then(|operator| self.at(operator)).map(Party::named).unwrap_or_default()
        };
        let (whose, last) = (name(turn.operator), name(turn.last));
        let told = |language| turn.reason.told(language, &whose, &last);
        Bilingual::new(told(Language::Dutch), told(Language::English))
    }

    /// Lets the rules look at it.
    pub(super) fn ask<T>(&self, question: impl FnOnce(&Agreement<'_>) -> T) -> T {
        let operators: Vec<Operator> = self.parties.iter().map(Party::operator).collect();
        let placed = self.orders.iter().filter_map(|order| {
            let to = self.everybody().find(|party| party.seat.bid == order.bid_id)?.operator();
            Some(Order { to, way: Way::from(order.by) })
        });
        let orders: Vec<Order> = placed.collect();
        question(&Agreement { operators: &operators, orders: &orders })
    }

    /// Those who declined as the rules know them: who holds no place has one that nobody holds.
    pub(super) fn operators(&self, bids: impl Iterator<Item = BidId>) -> Vec<Operator> {
        const NOBODY: Operator = Operator { place: 0 };
        bids.map(|bid| self.party(bid).map_or(NOBODY, Party::operator)).collect()
    }

    /// The number and the value in cents of the orders of a party.
    pub(super) fn share(&self, bid: BidId) -> (usize, i64) {
        let own = self.orders.iter().filter(|order| order.bid_id == bid);
        own.fold((0, 0), |(number, value), order| (number + 1, order.value_cents.saturating_add(value)))
    }
}

/// How the award model of the lot lets orders go to the operators.
fn declared(lot: &Lot) -> Result<Option<CallOff>, ServiceError> {
    let model = lot.award_model.is_some().then(|| award_model(lot)).transpose()?;
    let winners = model.and_then(|model| model.winners).map(|winners| winners.to_winners());
    Ok(winners.and_then(|winners| winners.framework).and_then(|framework| framework.call_off))
}

fn no_call_off() -> ServiceError {
    let told = Bilingual::new(
        "het gunningsmodel heeft geen raamovereenkomst met meer dan één ondernemer \
         (`winners.frameworkAgreement.callOff`)",
        "the award model declares no framework agreement with several operators \
         (`winners.frameworkAgreement.callOff`)",
    );
    ServiceError::refused_in_both("no-call-off", told)
}
