//! Assessors at work: they declare to have no interest, and score the plan.

use trede_formats::dossier::InterestDeclaration;
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_service::assessing::assessments::{self, NewAssessment};
use trede_service::assessing::{interests, quality};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;

use crate::usecases::world::{World, actor, buyer};

pub fn assessor(name: &str) -> Actor {
    Actor { subject: name.to_owned(), ..actor(Role::Assessor) }
}

/// The assessor declares to have no interest.
pub fn declare_none(world: &World, at: LotPath, who: &Actor) {
    let nothing = InterestDeclaration { has_interest: false, explanation: None };
    interests::declare(&world.services, who, at, nothing).unwrap();
}

/// A score of the plan, handed in at once.
pub fn new_score(bid: BidId, kind: AssessmentKind, score: &str) -> NewAssessment {
    NewAssessment {
        bid,
        criterion: "plan".to_owned(),
        kind,
        score: score.to_owned(),
        motivation: format!("Motivering bij een {score}"),
        submitted: true,
    }
}

/// The assessor scores the plan of a bid alone.
pub fn score(
    world: &World,
    at: LotPath,
    who: &Actor,
    (bid, score): (BidId, &str),
) -> Result<Assessment, ServiceError> {
    let new = new_score(bid, AssessmentKind::Individual, score);
    assessments::create(&world.services, who, at, new)
}

/// The buyer fixes the quality.
pub fn conclude(world: &World, at: LotPath) -> Result<Lot, ServiceError> {
    quality::conclude(&world.services, &buyer(), at)
}
