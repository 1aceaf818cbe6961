//! Plays a score file as a procedure, from draft to evaluation, through the use cases themselves:
//! for the demo, and to show that what is stored scores as the file does.

mod stages;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;

use trede_base::cpv::CpvCodes;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::record::Version;
use trede_formats::dossier::{Attendee, ConsensusScore, ConsensusSession, InterestDeclaration};
use trede_model::assessing::assessment::AssessmentKind;
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::{LotFacts, LotPath};
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, TenderFacts, TenderId};
use trede_sealing::keyring::SealingKeys;
use trede_service::Services;
use trede_service::assessing::assessments::NewAssessment;
use trede_service::assessing::{assessments, consensus_sessions, interests, quality};
use trede_service::awarding::evaluations;
use trede_service::awarding::evaluations::{Additions, NewEvaluation};
use trede_service::bidding::bids::NewBid;
use trede_service::bidding::openings::NewOpening;
use trede_service::bidding::{bids, openings};
use trede_service::clock::{FixedClock, fresh_uuid};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{award_models, lots, tender_steps, tenders};
use trede_store::frame::connection::Db;
use trede_wire::score_file::{BidInput, DrawingInput, LotInput, ScoreCombinationInput, ScoreFile};

pub use self::stages::{Stage, play_until};

/// How long before the deadline the tender was published.
const PUBLISHED_BEFORE: TimeDelta = TimeDelta::days(40);
/// How long before the deadline the first bid came in.
const BID_BEFORE: TimeDelta = TimeDelta::days(2);
/// How long after the deadline the bids were opened.
const OPENED_AFTER: TimeDelta = TimeDelta::minutes(5);
/// How long after the deadline the bids were scored and evaluated.
const EVALUATED_AFTER: TimeDelta = TimeDelta::days(14);

/// What a bid of the file became in the store.
type StoredBids = BTreeMap<String, BidId>;

/// A tender that was played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// The tender.
    pub tender: TenderId,
    /// Its lots with their evaluations, in the order of the file.
    pub lots: Vec<PlayedLot>,
}

/// A lot that was played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayedLot {
    /// Where it is.
    pub at: LotPath,
    /// Its evaluation.
    pub evaluation: EvaluationId,
    /// The bids, by their identifier in the file.
    pub bids: BTreeMap<String, BidId>,
}

/// Plays the file in a municipality that is registered. The moments follow from the closing date in
/// the file; without one, the bids were due at `default_deadline`.
///
/// # Errors
/// What the use cases answer when the file does not hold: it is played by the rules.
pub fn play(
    (db, keys): (&Db, &SealingKeys),
    municipality: MunicipalityId,
    file: &ScoreFile,
    default_deadline: DateTime<Utc>,
) -> Result<Played, ServiceError> {
    let deadline = deadline_of(file).unwrap_or(default_deadline);
    let play = Play { db, keys, municipality, deadline };
    let tender = play.prepare(file)?;
    let names = bidders_of(file);
    let mut lots = Vec::with_capacity(file.lots.len());
    for (lot, at) in file.lots.iter().zip(&tender.1) {
        lots.push((lot, *at, play.bid(lot, *at, &names)?));
    }
    play.at(OPENED_AFTER).open(tender.0)?;
    let lots = lots
        .into_iter()
        .map(|(lot, at, bids)| play.evaluate(lot, at, bids))
        .collect::<Result<_, ServiceError>>()?;
    Ok(Played { tender: tender.0, lots })
}

/// Bids are due at noon on the closing date.
fn deadline_of(file: &ScoreFile) -> Option<DateTime<Utc>> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
    let local = file.tender.bids_due_on?.and_time(noon).and_local_timezone(Amsterdam);
    local.earliest().map(|moment| moment.to_utc())
}

/// A number for each bidder: the one in the file, else one that nobody has in real life.
fn bidders_of(file: &ScoreFile) -> BTreeMap<String, KvkNumber> {
    let mut numbers = BTreeMap::new();
    for bid in file.lots.iter().flat_map(|lot| &lot.bids) {
        let own = bid.bidder.as_ref().and_then(|bidder| bidder.kvk_number.as_deref());
        let invented = format!("{:08}", 90_000_001 + numbers.len());
        let number = own.and_then(|own| own.parse().ok()).or_else(|| invented.parse().ok());
        numbers.entry(name_of(bid)).or_insert(number);
    }
    numbers.into_iter().filter_map(|(name, number)| Some((name, number?))).collect()
}

fn name_of(bid: &BidInput) -> String {
    bid.bidder.as_ref().map_or_else(|| bid.id.clone(), |bidder| bidder.name.clone())
}

struct Play<'a> {
    db: &'a Db,
    keys: &'a SealingKeys,
    municipality: MunicipalityId,
    deadline: DateTime<Utc>,
}

/// The use cases at one moment of the play.
struct Moment {
    services: Services,
    municipality: MunicipalityId,
}

impl Play<'_> {
    fn at(&self, after_deadline: TimeDelta) -> Moment {
        let clock = FixedClock(self.deadline + after_deadline);
        let services = Services::new(self.db.clone(), Arc::new(clock)).with_sealing_keys(self.keys.clone());
        Moment { services, municipality: self.municipality }
    }

    fn prepare(&self, file: &ScoreFile) -> Result<(TenderId, Vec<LotPath>), ServiceError> {
        let made = self.draft(file)?;
        let moment = self.at(-PUBLISHED_BEFORE);
        let buyer = moment.actor(Role::Buyer, "inkoper");
        tender_steps::publish(&moment.services, &buyer, self.municipality, made.0)?;
        Ok(made)
    }

    fn draft(&self, file: &ScoreFile) -> Result<(TenderId, Vec<LotPath>), ServiceError> {
        let moment = self.at(-PUBLISHED_BEFORE);
        let buyer = moment.actor(Role::Buyer, "inkoper");
        let facts = TenderFacts {
            external_reference: file.tender.reference.clone(),
            title: file.tender.title.clone().unwrap_or_else(|| "Aanbesteding".to_owned()),
            description: String::new(),
            buyer: file.tender.buyer.clone().unwrap_or_else(|| "Gemeente".to_owned()),
            cpv_codes: CpvCodes::default(),
            estimated_value_cents: None,
            above_threshold: file.tender.above_threshold,
            bid_custody: BidCustody::Trede,
            bid_envelopes: BidEnvelopes::One,
            max_lots_per_bidder: None,
            deadline_at: Some(self.deadline),
            award_on: file.tender.awarded_on,
        };
        let services = &moment.services;
        let tender = tenders::create(services, &buyer, self.municipality, facts)?.tender.id;
        let mut paths = Vec::with_capacity(file.lots.len());
        for (number, lot) in (1..).zip(&file.lots) {
            let title = lot.title.clone().unwrap_or_else(|| lot.id.clone());
            let facts = LotFacts { number, title, description: String::new(), estimated_value_cents: None };
            let made = lots::create(services, &buyer, self.municipality, tender, facts)?;
            let at = LotPath { municipality: self.municipality, tender, lot: made.id };
            award_models::replace(services, &buyer, at, Version::FIRST, &lot.award_model)?;
            paths.push(at);
        }
        Ok((tender, paths))
    }

    /// The bids come in one after the other, in the order of their receipt in the file.
    fn bid(
        &self,
        lot: &LotInput,
        at: LotPath,
        numbers: &BTreeMap<String, KvkNumber>,
    ) -> Result<StoredBids, ServiceError> {
        let mut inputs: Vec<&BidInput> = lot.bids.iter().collect();
        inputs.sort_by_key(|bid| (bid.received_at.is_none(), bid.received_at));
        let mut stored = StoredBids::new();
        for (minutes, input) in (0..).zip(inputs) {
            let moment = self.at(TimeDelta::minutes(minutes) - BID_BEFORE);
            let Some(bidder) = numbers.get(&name_of(input)).copied() else { continue };
            let new = NewBid {
                bidder,
                offer: input.clone().into(),
                external_reference: Some(input.id.clone()),
                receipt: None,
                content_hash: None,
            };
            let platform = moment.actor(Role::Platform, "platform");
            stored.insert(
                input.id.clone(),
                bids::create(&moment.services, &platform, at, new, moment.services.now())?.id,
            );
        }
        Ok(stored)
    }

    fn evaluate(&self, lot: &LotInput, at: LotPath, bids: StoredBids) -> Result<PlayedLot, ServiceError> {
        let moment = self.at(EVALUATED_AFTER);
        moment.assess(at, lot, &bids)?;
        let exclusions =
            lot.bids.iter().filter_map(|input| Some((*bids.get(&input.id)?, input.exclusion.clone()?)));
        let new = NewEvaluation {
            additions: Additions {
                exclusions: exclusions.collect(),
                drawing: lot.drawing.clone().map(|drawing| with_stored_ids(drawing, &bids)),
            },
            ..NewEvaluation::default()
        };
        let buyer = moment.actor(Role::Buyer, "inkoper");
        let evaluation = evaluations::create(&moment.services, &buyer, at, new)?.summary.id;
        Ok(PlayedLot { at, evaluation, bids })
    }
}

fn with_stored_ids(mut drawing: DrawingInput, bids: &StoredBids) -> DrawingInput {
    for id in drawing.invited.iter_mut().chain(&mut drawing.order) {
        if let Some(stored) = bids.get(id) {
            *id = stored.to_string();
        }
    }
    drawing
}

impl Moment {
    fn actor(&self, role: Role, subject: &str) -> Actor {
        Actor {
            subject: subject.to_owned(),
            client: Some("demo".to_owned()),
            roles: BTreeSet::from([role]),
            municipalities: BTreeSet::from([self.municipality]),
            kvk: None,
            origin: RequestOrigin::own(fresh_uuid()),
        }
    }

    /// Two people open.
    fn open(&self, tender: TenderId) -> Result<(), ServiceError> {
        for subject in ["kluisopener-1", "kluisopener-2"] {
            let opener = self.actor(Role::Opener, subject);
            openings::open(&self.services, &opener, self.municipality, tender, NewOpening::default())?;
        }
        Ok(())
    }

    /// Those who score declare their interests, score alone, and agree; then the quality is fixed.
    fn assess(&self, at: LotPath, lot: &LotInput, bids: &StoredBids) -> Result<(), ServiceError> {
        let scored = lot.bids.iter().flat_map(|bid| bid.assessor_scores.values().flatten());
        let assessors: BTreeSet<String> = scored.map(|own| own.assessor.clone()).collect();
        let committee = self.actor(Role::Assessor, "commissie");
        let declaring: Vec<Actor> = if assessors.is_empty() {
            vec![committee.clone()]
        } else {
            assessors.iter().map(|name| self.assessor(name)).collect()
        };
        for assessor in &declaring {
            let nothing = InterestDeclaration { has_interest: false, explanation: None };
            interests::declare(&self.services, assessor, at, nothing)?;
        }
        let combine = lot.award_model.assessment.as_ref().map(|rule| rule.combine);
        let mut agreed = Vec::new();
        for (bid, input) in lot.bids.iter().filter_map(|input| Some((*bids.get(&input.id)?, input))) {
            for (criterion, scores) in &input.assessor_scores {
                for own in scores {
                    self.score(at, &self.assessor(&own.assessor), score_of(bid, criterion, &own.score))?;
                }
            }
            for (criterion, score) in &input.scores {
                agreed.push(score_of(bid, criterion, score));
            }
        }
        match combine {
            Some(ScoreCombinationInput::Consensus) if !agreed.is_empty() => {
                self.agree(at, lot, bids, &assessors, agreed)?;
            }
            _ => {
                for score in agreed {
                    let kind = AssessmentKind::Consensus;
                    self.score(at, &committee, NewAssessment { kind, ..score })?;
                }
            }
        }
        quality::conclude(&self.services, &self.actor(Role::Buyer, "inkoper"), at)?;
        Ok(())
    }

    fn assessor(&self, name: &str) -> Actor {
        self.actor(Role::Assessor, &format!("beoordelaar {name}"))
    }

    fn score(&self, at: LotPath, by: &Actor, score: NewAssessment) -> Result<(), ServiceError> {
        assessments::create(&self.services, by, at, score).map(|_| ())
    }

    /// A session on all scores. Where the file tells only what was agreed on, that is what each found alone.
    fn agree(
        &self,
        at: LotPath,
        lot: &LotInput,
        bids: &StoredBids,
        assessors: &BTreeSet<String>,
        agreed: Vec<NewAssessment>,
    ) -> Result<(), ServiceError> {
        for score in &agreed {
            let input = lot.bids.iter().find(|input| bids.get(&input.id) == Some(&score.bid));
            let own = input.and_then(|input| input.assessor_scores.get(&score.criterion));
            let silent = assessors
                .iter()
                .filter(|name| !own.is_some_and(|own| own.iter().any(|scored| scored.assessor == **name)));
            for name in silent {
                self.score(at, &self.assessor(name), score.clone())?;
            }
        }
        let attendee = |name: &String| Attendee { name: name.clone(), role: Some("beoordelaar".to_owned()) };
        let chair = Attendee { name: "inkoper".to_owned(), role: Some("voorzitter".to_owned()) };
        let session = ConsensusSession {
            held_at: self.services.now(),
            attendees: assessors.iter().map(attendee).chain([chair]).collect(),
            scores: agreed
                .into_iter()
                .map(|score| ConsensusScore {
                    bid_id: score.bid,
                    criterion: score.criterion,
                    score: score.score,
                    motivation: score.motivation,
                })
                .collect(),
        };
        consensus_sessions::create(&self.services, &self.actor(Role::Buyer, "inkoper"), at, session)?;
        Ok(())
    }
}

fn score_of(bid: BidId, criterion: &str, score: &str) -> NewAssessment {
    NewAssessment {
        bid,
        criterion: criterion.to_owned(),
        kind: AssessmentKind::Individual,
        score: score.to_owned(),
        motivation: "Voorbeeld: zie het beoordelingsverslag".to_owned(),
        submitted: true,
    }
}
