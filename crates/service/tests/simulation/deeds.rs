//! What people do to a tender, and what came of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use trede_base::ids::{Id, KvkNumber};
use trede_formats::dossier::{DisqualificationGround, DisqualificationRevocation, InterestDeclaration};
use trede_model::assessing::assessment::AssessmentKind;
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_service::assessing::disqualifications::{self, NewDisqualification};
use trede_service::assessing::{assessments, interests, quality};
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::drawings::{self, NewDrawing};
use trede_service::awarding::evaluations::{self, NewEvaluation};
use trede_service::bidding::openings::{self, NewOpening, Outcome};
use trede_service::bidding::{bid_withdrawals, bids};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::deadline_extensions;
use trede_wire::score_file::{RandomnessInput, RandomnessSourceInput};
use uuid::Uuid;

use crate::procedure::{PAGE, Procedure};
use crate::standing::{Sender, Sent};
use crate::usecases::assessors::{assessor, new_score};
use crate::usecases::world::{actor, bidder, buyer, kvk, new_bid, openers, receive, utrecht};

/// What somebody does. What came of it is told by [`Done`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    /// A bidder's bid is sent or taken back.
    Send(u32, Sent),
    /// A bidder bids in the name of another.
    Forge(u32),
    Extend(TimeDelta),
    Open(usize),
    Declare(usize),
    Score(usize, usize, u8),
    /// An assessor scores every bid.
    ScoreAll(usize, u8),
    Conclude,
    Evaluate,
    Draw,
    Disqualify(usize),
    Revoke(usize),
    Propose,
    TakeBack,
    Award,
    Cancel,
    /// Somebody looks at the bids.
    Look(Role),
}

/// What came of a deed that was done.
#[derive(Debug)]
pub(super) enum Done {
    Received(BidId),
    Extended(DateTime<Utc>),
    Asked,
    Opened,
    Fixed,
    Evaluated(EvaluationId, Vec<(BidId, u64)>),
    Dropped(BidId, DossierEntryId),
    Revoked(BidId),
    Proposed(BidId),
    Awarded(BidId),
    TakenBack,
    Seen(Vec<(KvkNumber, Option<u32>)>),
    Nothing,
}

impl Done {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Received(_) => "received",
            Self::Extended(_) => "extended",
            Self::Asked => "asked",
            Self::Opened => "opened",
            Self::Fixed => "fixed",
            Self::Evaluated(..) => "evaluated",
            Self::Dropped(..) => "dropped",
            Self::Revoked(_) => "revoked",
            Self::Proposed(_) => "proposed",
            Self::TakenBack => "taken back",
            Self::Awarded(_) => "awarded",
            Self::Seen(_) => "seen",
            Self::Nothing => "other",
        }
    }
}

impl Deed {
    /// Of two deeds that were both done at the same moment: those with the lower number came first, or may have.
    pub(super) fn turn(self, is_proposed: bool) -> u8 {
        match self {
            Self::Send(..)
            | Self::Forge(_)
            | Self::Extend(_)
            | Self::Declare(_)
            | Self::Score(..)
            | Self::ScoreAll(..) => 0,
            Self::Open(_) => 1,
            Self::Conclude => 2,
            Self::TakeBack if is_proposed => 3,
            Self::Revoke(_) => 4,
            Self::Disqualify(_) => 5,
            Self::Evaluate | Self::Draw => 6,
            Self::Propose => 7,
            Self::TakeBack | Self::Award | Self::Cancel => 8,
            Self::Look(_) => 9,
        }
    }
}

impl Procedure<'_> {
    fn actor_of(&self, by: Sender, number: u32) -> Actor {
        match by {
            Sender::Itself => bidder(number),
            Sender::Platform(which) => {
                Actor { subject: format!("platform-{which}"), ..actor(Role::Platform) }
            }
        }
    }

    pub(super) fn perform(&self, deed: Deed) -> Result<Done, ServiceError> {
        match deed {
            Deed::Send(..) | Deed::Forge(_) | Deed::Extend(_) | Deed::Open(_) => self.receive_and_open(deed),
            Deed::Look(role) => self.look(role).map(Done::Seen),
            Deed::Declare(_)
            | Deed::Score(..)
            | Deed::ScoreAll(..)
            | Deed::Disqualify(_)
            | Deed::Revoke(_) => self.assess(deed),
            _ => self.decide(deed),
        }
    }

    fn bid(&self, index: usize) -> BidId {
        let bids = self.opened.as_deref().unwrap_or_default();
        bids.get(index).copied().unwrap_or(Id::from_uuid(Uuid::nil()))
    }

    fn receive_and_open(&self, deed: Deed) -> Result<Done, ServiceError> {
        let (services, at) = (&self.world.services, self.at);
        match deed {
            Deed::Send(number, Sent { by, euros }) => {
                let who = self.actor_of(by, number);
                let receipt = match euros {
                    Some(euros) => receive(services, &who, at, new_bid(number, euros)),
                    None => bid_withdrawals::create(
                        services,
                        &who,
                        at,
                        kvk(number),
                        "00".repeat(32),
                        services.now(),
                    ),
                }?;
                Ok(Done::Received(receipt.id))
            }
            Deed::Forge(number) => {
                let forged = receive(services, &bidder(number + 1), at, new_bid(number, 1));
                assert!(forged.is_err(), "a bid in the name of another was received");
                let taken = bid_withdrawals::create(
                    services,
                    &bidder(number + 1),
                    at,
                    kvk(number),
                    "00".repeat(32),
                    services.now(),
                );
                assert!(taken.is_err(), "the bid of another was taken back");
                Ok(Done::Nothing)
            }
            Deed::Extend(by) => {
                let to = self.deadline + by;
                deadline_extensions::create(
                    services,
                    &buyer(),
                    utrecht(),
                    at.tender,
                    to,
                    "meer tijd".to_owned(),
                )?;
                Ok(Done::Extended(to))
            }
            Deed::Open(who) => {
                let opened =
                    openings::open(services, &openers()[who], utrecht(), at.tender, NewOpening::default())?;
                Ok(if matches!(opened, Outcome::Opened(_)) { Done::Opened } else { Done::Asked })
            }
            _ => Ok(Done::Nothing),
        }
    }

    fn assess(&self, deed: Deed) -> Result<Done, ServiceError> {
        let (services, at) = (&self.world.services, self.at);
        match deed {
            Deed::Declare(who) => {
                let nothing = InterestDeclaration { has_interest: false, explanation: None };
                interests::declare(services, &assessor(&format!("assessor-{who}")), at, nothing)?;
                Ok(Done::Nothing)
            }
            Deed::ScoreAll(who, score) => {
                let who = assessor(&format!("assessor-{who}"));
                for (bid, of) in (0..).zip(self.opened.iter().flatten()) {
                    let score = ((score + 3 * bid) % 11).to_string();
                    let _ = assessments::create(
                        services,
                        &who,
                        at,
                        new_score(*of, AssessmentKind::Individual, &score),
                    );
                }
                Ok(Done::Nothing)
            }
            Deed::Score(who, of, score) => {
                let who = assessor(&format!("assessor-{who}"));
                let new = new_score(self.bid(of), AssessmentKind::Individual, &score.to_string());
                assert!(assessments::create(services, &who, at, new).is_err() || score <= 10);
                Ok(Done::Nothing)
            }
            Deed::Disqualify(of) => {
                let ground = DisqualificationGround::Irregular;
                let new =
                    NewDisqualification { bid: self.bid(of), ground, reason: "Niet ondertekend".to_owned() };
                disqualifications::create(services, &buyer(), at, new)
                    .map(|told| Done::Dropped(self.bid(of), told.entry.id))
            }
            Deed::Revoke(of) => {
                let Some(id) = self.dropped.get(&self.bid(of)) else { return Ok(Done::Nothing) };
                let revoked =
                    DisqualificationRevocation { disqualification_id: *id, reason: "Herzien".to_owned() };
                disqualifications::revoke(services, &buyer(), at, revoked)
                    .map(|_| Done::Revoked(self.bid(of)))
            }
            _ => Ok(Done::Nothing),
        }
    }

    fn decide(&self, deed: Deed) -> Result<Done, ServiceError> {
        let (services, at) = (&self.world.services, self.at);
        match deed {
            Deed::Conclude => quality::conclude(services, &buyer(), at).map(|_| Done::Fixed),
            Deed::Evaluate => {
                let new = NewEvaluation { reason: Some("opnieuw".to_owned()), ..NewEvaluation::default() };
                evaluations::create(services, &buyer(), at, new)
                    .map(|made| Done::Evaluated(made.summary.id, ranks(&made.result)))
            }
            Deed::Draw => {
                let new = NewDrawing {
                    place: "Stadskantoor".to_owned(),
                    held_at: services.now(),
                    performed_by: "De notaris".to_owned(),
                    attendees: Vec::new(),
                    randomness: RandomnessInput {
                        source: RandomnessSourceInput::Generator,
                        value: None,
                        description: None,
                    },
                };
                drawings::create(services, &buyer(), at, new).map(|_| Done::Nothing)
            }
            Deed::Propose => {
                let (id, ranking) = self.latest_evaluation()?;
                // Whoever is named: only who stands first may win.
                let bid = ranking[usize::from(self.told.len().is_multiple_of(5)).min(ranking.len() - 1)].0;
                let new = NewAward {
                    evaluation: id,
                    bid,
                    others: Vec::new(),
                    motivation: "Beste prijs-kwaliteitverhouding".to_owned(),
                    standstill_days: Some(20),
                    court: Some("Rechtbank Midden-Nederland".to_owned()),
                    contact: Some("inkoop@utrecht.example".to_owned()),
                };
                awards::propose(services, &buyer(), at, new).map(|_| Done::Proposed(bid))
            }
            Deed::TakeBack => {
                awards::withdraw(services, &buyer(), at, "Fout".to_owned()).map(|_| Done::TakenBack)
            }
            Deed::Award => awards::award(services, &buyer(), at).map(|decision| Done::Awarded(decision.bid)),
            Deed::Cancel => {
                awards::cancel(services, &buyer(), at, "Geen budget".to_owned()).map(|_| Done::Nothing)
            }
            _ => Ok(Done::Nothing),
        }
    }

    /// What somebody in that role sees of the bids, and by the id of a receipt.
    fn look(&self, role: Role) -> Result<Vec<(KvkNumber, Option<u32>)>, ServiceError> {
        let who = actor(role);
        let services = &self.world.services;
        for receipt in &self.receipts {
            if let Ok(bid) = bids::get(services, &who, self.at, *receipt) {
                assert!(self.asked, "{role} reads bid {} before the opening", bid.id);
            }
        }
        let page = bids::list(services, &who, self.at, &PAGE)?;
        Ok(page.items.into_iter().map(|bid| (bid.bidder, price(&bid.content))).collect())
    }

    fn latest_evaluation(&self) -> Result<(EvaluationId, Vec<(BidId, u64)>), ServiceError> {
        let latest = self.latest.clone().filter(|(_, ranking)| !ranking.is_empty());
        latest.ok_or(ServiceError::NotFound { what: "evaluation with a ranking" })
    }
}

/// The bids of a ranking with their ranks, the best first.
fn ranks(result: &str) -> Vec<(BidId, u64)> {
    let result: Value = serde_json::from_str(result).unwrap();
    let ranked = result["lots"][0]["ranking"].as_array().unwrap().iter();
    ranked.map(|bid| (bid["id"].as_str().unwrap().parse().unwrap(), bid["rank"].as_u64().unwrap())).collect()
}

/// The price in whole euros that an offer shows; none where it is hidden.
fn price(content: &str) -> Option<u32> {
    let offer: Value = serde_json::from_str(content).unwrap();
    offer["price"].as_str().map(|price| price.parse().unwrap())
}
