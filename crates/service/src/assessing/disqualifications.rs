//! Bids that drop out after the opening, and what that does to an evaluation: it is made anew, by the rule that
//! the model declares.

use std::collections::{BTreeMap, BTreeSet};

use crate::Services;
use crate::assessing::dossier::{Dossier, Scene, Told, record};
use crate::assessing::interests::expect_quality_open;
use crate::assessing::quality::{expect_concluded, expect_scored};
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT};
use crate::frame::opened::expect_handed_over;
use crate::tendering::declared_models::{assessed, award_model};
use trede_formats::dossier::{
    Disqualification, DisqualificationGround, DisqualificationRevocation, Fact, standing_disqualifications,
};
use trede_model::assessing::dossier::{DossierEntry, DossierEntryId};
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::Tender;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::{ExclusionInput, ExclusionStageInput};

/// A bid that is to take no part any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDisqualification {
    /// The bid.
    pub bid: BidId,
    /// On what ground.
    pub ground: DisqualificationGround,
    /// Why, in words.
    pub reason: String,
}

/// Records that a bid takes no part any more. An evaluation in which it did is outdated by that.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, after a proposal to award, or when the bid dropped out already;
/// [`ServiceError::Invalid`] when there is no such bid.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewDisqualification,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::DisqualifyBid, |c, scene, _| {
        let mut findings = Findings::default();
        findings.needed_text("/reason", &new.reason, TEXT);
        findings.into_result()?;
        expect_deciding(&scene.lot)?;
        expect_handed_over(c, &scene.tender, &scene.lot)?;
        let bid = expect_bid(c, at, new.bid)?;
        if standing(&scene.dossier).contains_key(&new.bid) {
            return Err(ServiceError::refused("bid-disqualified", "the bid takes no part already"));
        }
        Ok(Fact::BidDisqualified(of_lot(scene, &bid, new.clone())?))
    })
}

/// Lets a bid take part again.
///
/// # Errors
/// [`ServiceError::Invalid`] when no such disqualification stands, [`ServiceError::Refused`] after a proposal to
/// award, or when the quality was fixed without the bid.
pub fn revoke(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    revocation: DisqualificationRevocation,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::RevokeDisqualification, |c, scene, _| {
        let mut findings = Findings::default();
        findings.needed_text("/reason", &revocation.reason, TEXT);
        let standing = standing(&scene.dossier);
        let revoked = standing.values().find(|(id, _)| *id == revocation.disqualification_id);
        if revoked.is_none() {
            let detail = "no disqualification of this id stands in the dossier of the lot";
            findings.add("/disqualificationId", "disqualification-unknown", detail);
        }
        findings.into_result()?;
        expect_deciding(&scene.lot)?;
        if let Some((_, disqualified)) = revoked
            && scene.lot.quality_fixed_at.is_some()
        {
            if disqualified.unscored {
                expect_quality_open(&scene.lot)?;
            }
            // The quality may have been reopened since, and fixed again without the bid.
            expect_scored(c, at, scene, disqualified.bid_id)?;
        }
        Ok(Fact::DisqualificationRevoked(revocation.clone()))
    })
}

/// Before the opening nothing is told of bids; what was proposed is taken back first.
pub(crate) fn expect_deciding(lot: &Lot) -> Result<(), ServiceError> {
    if matches!(lot.state, State::Opened | State::Evaluated) {
        return Ok(());
    }
    let told = Bilingual::new(
        format!("dit kan tussen de opening en het voornemen tot gunning; het perceel is «{}»", lot.state),
        format!("possible between the opening and the proposal to award; the lot is «{}»", lot.state),
    );
    Err(ServiceError::refused_in_both("state-forbids", told))
}

/// The bid of the lot that is named; refuses what names none.
pub(crate) fn expect_bid(c: &mut AnyConnection, at: LotPath, bid: BidId) -> Result<Bid, ServiceError> {
    let found = store::bidding::bids::find(c, at.municipality, at.lot, bid)?;
    found.ok_or_else(|| ServiceError::invalid("/bidId", "bid-unknown", "there is no such bid on this lot"))
}

/// The disqualification of a bid at this point of the procedure.
pub(crate) fn of_lot(
    Scene { tender, lot, .. }: &Scene,
    bid: &Bid,
    new: NewDisqualification,
) -> Result<Disqualification, ServiceError> {
    let is_assessed = !assessed(&award_model(lot)?.criteria).is_empty();
    Ok(Disqualification {
        bid_id: new.bid,
        ground: new.ground,
        reason: new.reason,
        stage: stage_of(tender, lot)?,
        unscored: is_assessed && lot.quality_fixed_at.is_none(),
        price_sealed: bid.price_sealed,
    })
}

/// At which stage a bid that drops out now does so. From the moment at which prices can be looked at, the rule that
/// the model declared decides what it still counts for, evaluated or not: else whoever knows the prices could choose
/// between two rankings.
pub(crate) fn stage_of(tender: &Tender, lot: &Lot) -> Result<ExclusionStageInput, ServiceError> {
    let is_opened = match tender.facts.has_price_envelope() {
        true => lot.prices_opened_at.is_some(),
        false => lot.opened_at.is_some(),
    };
    let are_prices_known = is_opened && expect_concluded(lot, &award_model(lot)?).is_ok();
    Ok(if are_prices_known || lot.state == State::Evaluated {
        ExclusionStageInput::AfterRanking
    } else {
        ExclusionStageInput::BeforeEvaluation
    })
}

/// The disqualifications that stand, by bid.
pub(crate) fn standing(dossier: &Dossier) -> BTreeMap<BidId, (DossierEntryId, &Disqualification)> {
    standing_disqualifications(dossier.0.iter().map(|told| (told.entry.id, &told.fact)))
}

/// The bids on which the dossier says whether they take part, so that nothing else does.
pub(crate) fn recorded(dossier: &Dossier) -> BTreeSet<BidId> {
    disqualifications(dossier).map(|(_, fact)| fact.bid_id).collect()
}

/// Every disqualification, also those that were revoked.
pub(crate) fn disqualifications(
    dossier: &Dossier,
) -> impl DoubleEndedIterator<Item = (&DossierEntry, &Disqualification)> {
    dossier.facts(|fact| match fact {
        Fact::BidDisqualified(fact) => Some(fact),
        _ => None,
    })
}

/// Exclusions as they count: the dossier goes before what an evaluation was told.
pub(crate) fn overlaid(
    dossier: &Dossier,
    told: &BTreeMap<BidId, ExclusionInput>,
) -> BTreeMap<BidId, ExclusionInput> {
    let recorded = recorded(dossier);
    let mut exclusions = told.clone();
    exclusions.retain(|bid, _| !recorded.contains(bid));
    for (bid, (_, fact)) in standing(dossier) {
        exclusions.insert(bid, ExclusionInput { stage: fact.stage, reason: fact.reason.clone() });
    }
    exclusions
}
