//! Assessors at work: they declare to have no interest, and score the plan.

use trede::domain::assessment::{Assessment, AssessmentKind};
use trede::domain::bid::BidId;
use trede::domain::lot::{Lot, LotPath};
use trede::domain::role::Role;
use trede::exchange::dossier::InterestDeclaration;
use trede::service::actor::Actor;
use trede::service::assessments::{self, NewAssessment};
use trede::service::error::ServiceError;
use trede::service::{interests, quality};

use crate::world::{World, actor, buyer};

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
