//! Orders under a framework agreement (nadere opdrachten onder een raamovereenkomst; dir. 2014/24 art. 33(4), Aw 2012
//! art. 2.143): to whom each goes follows from the record, and who places one elsewhere says why.

mod checks;
mod competed;
mod standing;

use chrono::{DateTime, NaiveDate, Utc};

use crate::Services;
use crate::assessing::dossier::{Dossier, Told, record};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::load;
use trede_base::page::{Page, PageRequest};
use trede_formats::dossier::{CallOffDecline, CallOffOrder, CallOffWay, Fact};
use trede_model::assessing::dossier::{DossierEntryId, FactKind};
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::{LotId, LotPath};
use trede_model::tendering::tender::TenderId;
use trede_rules::award::call_off::{Reason, Way};
use trede_rules::award::winners::CallOff;
use trede_store as store;

pub use standing::Party;
use standing::Standing;

/// An order as it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCallOff {
    /// The buyer's reference of the order.
    pub reference: String,
    /// What is ordered.
    pub title: String,
    /// Its value in whole cents, without VAT.
    pub value_cents: i64,
    /// The day on which it was placed.
    pub placed_on: NaiveDate,
    /// How it goes to its operator, where the framework agreement is mixed.
    pub by: Option<CallOffWay>,
    /// Who gets it; left out, whose turn it is or who won the competition.
    pub bid: Option<BidId>,
    /// Who declined it before, in the order of their turns.
    pub declined: Vec<CallOffDecline>,
    /// The tender in which it was competed for.
    pub tender: Option<TenderId>,
    /// The lot of that tender.
    pub lot: Option<LotId>,
    /// Why it goes to another than whose turn it is.
    pub deviation: Option<String>,
}

/// An order that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The id of its entry in the dossier of the lot.
    pub id: DossierEntryId,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// The order.
    pub order: CallOffOrder,
}

impl Placed {
    fn of(told: Told) -> Result<Self, ServiceError> {
        let Fact::CallOffPlaced(order) = told.fact else {
            return Err(ServiceError::Internal("an entry of another kind among the orders".into()));
        };
        Ok(Self { id: told.entry.id, at: told.entry.at, actor: told.entry.actor, order })
    }
}

/// Records an order. By ranking and by rotation it goes to whose turn it is by the record, or with a reason to another
/// who holds a place; after a mini-competition to who won that.
///
/// What is read to decide stays true until the order is stored (the write is serializable, and runs again where it
/// collides), so that of two orders at once the second sees the first.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot is not awarded, its award model declares no framework agreement with several
/// operators, it is somebody else's turn, the winner of the competition holds no place, or another order has the
/// reference; [`ServiceError::Invalid`] with what is wrong in the order; [`ServiceError::NotFound`] for a competition
/// that is not there.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewCallOff,
) -> Result<Placed, ServiceError> {
    let told = record(services, actor, at, Operation::CreateCallOff, |c, scene, act| {
        let standing = Standing::load(c, &scene.lot, &scene.dossier)?;
        let way = checks::way(&standing, &new, act.at)?;
        if standing.orders.iter().any(|order| order.reference == new.reference) {
            let told = Bilingual::new(
                "een andere opdracht onder deze raamovereenkomst heeft dit kenmerk",
                "another order under this framework agreement has this reference",
            );
            return Err(ServiceError::refused_in_both("call-off-reference-exists", told));
        }
        let goes = match way {
            Way::MiniCompetition => competed::goes(c, at, &standing, &new)?,
            Way::Ranking | Way::Rotation => checks::goes_by_turn(&standing, way, &new)?,
        };
        checks::value(&standing, goes.bid, new.value_cents)?;
        Ok(Fact::CallOffPlaced(CallOffOrder {
            decision_id: standing.decision.id,
            number: standing.next_number()?,
            reference: new.reference.clone(),
            title: new.title.clone(),
            value_cents: new.value_cents,
            placed_on: new.placed_on,
            by: way.into(),
            bid_id: goes.bid,
            turn_bid_id: goes.instead_of,
            deviation: new.deviation.clone(),
            declined: new.declined.clone(),
            competition: goes.competition,
        }))
    })?;
    Placed::of(told)
}

/// One page of the orders on a lot, the first recorded first.
///
/// # Errors
/// [`ServiceError::NotFound`] when the tender has no such lot.
pub fn list(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    request: &PageRequest<DossierEntryId>,
) -> Result<Page<Placed>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListCallOffs)?;
    let page = services.db.read(|c| {
        load::lot(c, actor, at)?;
        let kind = FactKind::CallOffPlaced;
        let page = store::assessing::dossiers::list_of_kind(c, at.municipality, at.lot, kind, request)?;
        let Page { items, has_previous, has_next } = page;
        let items = items.into_iter().map(|entry| Placed::of(Told::of(entry)?)).collect::<Result<_, _>>()?;
        Ok::<_, ServiceError>(Page { items, has_previous, has_next })
    })?;
    services.record_read(actor, at.municipality, Operation::ListCallOffs, format!("{at}/call-offs"))?;
    Ok(page)
}

/// Whose turn it is by one way, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnTold {
    /// The way.
    pub way: Way,
    /// Whose turn it is; nobody's where a competition decides.
    pub whose: Option<Party>,
    /// Why.
    pub reason: Reason,
    /// The same in words.
    pub explanation: Bilingual,
}

/// What one operator got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The operator.
    pub party: Party,
    /// How many orders.
    pub orders: usize,
    /// Their value together, in whole cents without VAT.
    pub value_cents: i64,
}

/// Whose turn it is now, and what each operator got so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turns {
    /// How the award model lets orders go to the operators.
    pub call_off: CallOff,
    /// Whose turn it is, by each way that this allows.
    pub turns: Vec<TurnTold>,
    /// The operators in the order of their places, also those that dropped out.
    pub shares: Vec<Share>,
}

/// Whose turn it is now for each way that the award model allows, and what each operator got so far.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot is not awarded, or its award model declares no framework agreement with several
/// operators; [`ServiceError::NotFound`] when the tender has no such lot.
pub fn turns(services: &Services, actor: &Actor, at: LotPath) -> Result<Turns, ServiceError> {
    authorise(actor, at.municipality, Operation::GetCallOffTurns)?;
    let standing = services.db.read(|c| {
        let (_, lot) = load::lot(c, actor, at)?;
        let dossier = Dossier::load(c, at)?;
        Standing::load(c, &lot, &dossier)
    })?;
    let object = format!("{at}/call-off-turns");
    services.record_read(actor, at.municipality, Operation::GetCallOffTurns, object)?;
    let told = Way::allowed_by(standing.call_off).iter().map(|way| {
        let turn = standing.ask(|agreement| agreement.turn(*way, &[]));
        TurnTold {
            way: *way,
            whose: standing.whose(turn).cloned(),
            reason: turn.reason,
            explanation: standing.explained(turn),
        }
    });
    let mut everybody: Vec<&Party> = standing.everybody().collect();
    everybody.sort_unstable_by_key(|party| party.seat.place);
    let shares = everybody.into_iter().map(|party| {
        let (orders, value_cents) = standing.share(party.seat.bid);
        Share { party: party.clone(), orders, value_cents }
    });
    let (turns, shares) = (told.collect(), shares.collect());
    Ok(Turns { call_off: standing.call_off, turns, shares })
}
