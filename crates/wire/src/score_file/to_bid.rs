//! From a bid on the wire to the domain's: one answer for each criterion, and nothing that no criterion takes.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::bid::{BidInput, ExclusionStageInput, FactInput, MemberInput, PsoClaimInput};
use super::to_criterion::{is_identifier, read_score};
use super::to_life_cycle::CostReader;
use crate::number::Number;
use trede_base::money::{Price, PriceError};
use trede_rules::award::DeclaredModel;
use trede_rules::award::bid::{Answer, Bid, DropOutStage, DroppedOut, Fact};
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::model::Bound;
use trede_rules::award::quality::{AssessedScore, Scale};
use trede_rules::explaining::finding::{Finding, FindingCode};
use trede_rules::pso::{Claim, LevelRank, Member, Note, Standing, StandingError};

/// The dates of the tender on which a level can count.
#[derive(Clone, Copy, Debug, Default)]
pub struct TenderDates {
    /// The closing date of the bids.
    pub bids_due_on: Option<NaiveDate>,
    /// The date of the award decision.
    pub awarded_on: Option<NaiveDate>,
}

/// Reads a bid against the model; what is wrong with it is added to `found` by its place within the bid.
pub fn to_bid(
    input: &BidInput,
    declared: &DeclaredModel,
    dates: TenderDates,
    found: &mut Vec<Finding>,
) -> Option<Bid> {
    let before = found.len();
    let mut reader = Reader { input, declared, found };
    reader.refuse_unknown();
    let answers: Vec<Option<Answer>> =
        declared.layout.leaves.iter().map(|leaf| reader.answer(leaf)).collect();
    let facts = reader.facts();
    let (standing, notes) = reader.standing(dates);
    let initial_price = input.initial_price.and_then(|price| reader.price("initialPrice", price, false));
    reader.identity();
    if found.len() > before {
        return None;
    }
    Some(Bid {
        id: input.id.clone(),
        bidder: input.bidder.as_ref().map(|bidder| bidder.name.clone()),
        received_at: input.received_at.map(|moment| moment.to_utc()),
        answers: answers.into_iter().collect::<Option<_>>()?,
        facts,
        standing,
        notes,
        initial_price,
        exclusion: input.exclusion.as_ref().map(|exclusion| DroppedOut {
            stage: match exclusion.stage {
                ExclusionStageInput::BeforeEvaluation => DropOutStage::BeforeEvaluation,
                ExclusionStageInput::AfterRanking => DropOutStage::AfterRanking,
            },
            reason: exclusion.reason.clone(),
        }),
    })
}

/// What a fact must be, in English and in Dutch.
const NUMBER: [&str; 2] = ["a number in quotes", "een getal tussen aanhalingstekens"];

struct Reader<'a> {
    input: &'a BidInput,
    declared: &'a DeclaredModel,
    found: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn error<const N: usize>(&mut self, code: FindingCode, place: String, details: [String; N]) {
        self.found.push(Finding::new(code, place, details));
    }

    fn missing<T>(&mut self, leaf: &Leaf, field: &str) -> Option<T> {
        let place = if field == "price" { "/price".to_owned() } else { format!("/{field}/{}", leaf.id) };
        let details = [self.input.id.clone(), leaf.id.clone(), field.to_owned()];
        self.error(FindingCode::AnswerMissing, place, details);
        None
    }

    fn identity(&mut self) {
        if !is_identifier(&self.input.id) {
            let details = [self.input.id.chars().take(64).collect()];
            self.error(FindingCode::InvalidId, "/id".to_owned(), details);
        }
        let bidder = self.input.bidder.iter().map(|bidder| ("/bidder".to_owned(), bidder.kvk_number.clone()));
        let members = self.input.consortium.iter().enumerate();
        let members =
            members.map(|(index, member)| (format!("/consortium/{index}"), member.kvk_number.clone()));
        for (place, number) in bidder.chain(members).collect::<Vec<_>>() {
            let Some(number) = number else { continue };
            if number.len() != 8 || !number.bytes().all(|digit| digit.is_ascii_digit()) {
                let details = [number.chars().take(64).collect()];
                self.error(FindingCode::InvalidKvk, format!("{place}/kvkNumber"), details);
            }
        }
    }

    /// An answer that no criterion takes is a typing error that would otherwise score nothing in silence.
    fn refuse_unknown(&mut self) {
        let leaves = &self.declared.layout.leaves;
        let taking = |kind: fn(&Content) -> bool| -> Vec<&str> {
            leaves.iter().filter(|leaf| kind(&leaf.content)).map(|leaf| leaf.id.as_str()).collect()
        };
        let prices = taking(|content| matches!(content, Content::Price { sheet: None, .. }));
        let lines = leaves.iter().filter_map(|leaf| match &leaf.content {
            Content::Price { sheet: Some(sheet), .. } => Some(&sheet.lines),
            _ => None,
        });
        let lines = lines.flatten().map(|line| line.id.as_str());
        let priced: Vec<&str> = prices.iter().copied().chain(lines).collect();
        let cycles = taking(|content| matches!(content, Content::LifeCycleCost { .. }));
        let scores = taking(|content| matches!(content, Content::AssessedQuality(_)));
        let offers = taking(|content| matches!(content, Content::Commitment(_)));
        let mut facts = taking(|content| matches!(content, Content::Numeric(_)));
        facts.extend(self.declared.model.knock_outs.iter().map(|knock_out| knock_out.id.as_str()));
        let input = self.input;
        let mut unknown = Vec::new();
        let mut compare = |field: &str, given: Vec<&String>, taken: &[&str]| {
            for id in given.into_iter().filter(|id| !taken.contains(&id.as_str())) {
                let known = if taken.is_empty() { "-".to_owned() } else { taken.join(", ") };
                let details = [id.chars().take(64).collect(), known];
                unknown.push(Finding::new(FindingCode::UnknownCriterion, format!("/{field}/{id}"), details));
            }
        };
        compare("prices", input.prices.keys().collect(), &priced);
        compare("lifeCycle", input.life_cycle.keys().collect(), &cycles);
        compare("scores", input.scores.keys().collect(), &scores);
        compare("assessorScores", input.assessor_scores.keys().collect(), &scores);
        compare("commitments", input.commitments.keys().collect(), &offers);
        compare("facts", input.facts.keys().collect(), &facts);
        self.found.append(&mut unknown);
        if input.price.is_some() && (prices.len() != 1 || priced.len() != 1 || !input.prices.is_empty()) {
            let details = [input.id.clone(), priced.len().to_string()];
            self.error(FindingCode::AmbiguousPrice, "/price".to_owned(), details);
        }
    }

    fn answer(&mut self, leaf: &Leaf) -> Option<Answer> {
        let input = self.input;
        match &leaf.content {
            Content::Price { sheet: Some(sheet), .. } => {
                let prices: Vec<Option<Price>> =
                    sheet.lines.iter().map(|line| self.unit_price(&line.id)).collect();
                prices.into_iter().collect::<Option<_>>().map(Answer::Sheet)
            }
            Content::Price { per_unit, .. } => {
                match input.price.or_else(|| input.prices.get(&leaf.id).copied()) {
                    Some(number) => {
                        let field = if input.price.is_some() {
                            "price".to_owned()
                        } else {
                            format!("prices/{}", leaf.id)
                        };
                        self.price(&field, number, *per_unit).map(Answer::Price)
                    }
                    None => self.missing(leaf, "price"),
                }
            }
            Content::LifeCycleCost { terms, per_unit, .. } => match input.life_cycle.get(&leaf.id) {
                Some(costs) => {
                    let field = format!("lifeCycle/{}", leaf.id);
                    let (per_unit, bid) = (*per_unit, input.id.as_str());
                    let mut reader = CostReader { terms, per_unit, bid, field, found: self.found };
                    reader.costs(costs).map(|costs| Answer::Costs(Box::new(costs)))
                }
                None => self.missing(leaf, "lifeCycle"),
            },
            Content::AssessedQuality(scale) => self.score(leaf, scale).map(Answer::Score),
            Content::PsoLevel(_) => Some(Answer::Level),
            Content::Commitment(_) => {
                let offer = input.commitments.get(&leaf.id).map(|number| number.0).unwrap_or_default();
                self.not_negative(offer, "commitments", leaf).map(Answer::Offer)
            }
            Content::Numeric(scoring) => match input.facts.get(&leaf.id) {
                Some(FactInput::Value(number)) if scoring.is_relative() => {
                    self.not_negative(number.0, "facts", leaf).map(Answer::Number)
                }
                Some(FactInput::Value(number)) => Some(Answer::Number(number.0)),
                Some(FactInput::Met(_)) => self.wrong_fact(&leaf.id, NUMBER),
                None => self.missing(leaf, "facts"),
            },
            Content::FixedPrice(_) | Content::Group(_) => Some(Answer::Fixed),
        }
    }

    fn unit_price(&mut self, line: &str) -> Option<Price> {
        let Some(number) = self.input.prices.get(line).copied() else {
            let details = [self.input.id.clone(), line.to_owned(), "prices".to_owned()];
            self.error(FindingCode::AnswerMissing, format!("/prices/{line}"), details);
            return None;
        };
        self.price(&format!("prices/{line}"), number, true)
    }

    fn not_negative(&mut self, number: Decimal, field: &str, leaf: &Leaf) -> Option<Decimal> {
        if number.is_sign_negative() && !number.is_zero() {
            let place = format!("/{field}/{}", leaf.id);
            self.error(FindingCode::NegativeOffer, place, [number.to_string()]);
            return None;
        }
        Some(number)
    }

    fn wrong_fact<T>(&mut self, id: &str, [english, dutch]: [&str; 2]) -> Option<T> {
        let details = [id.to_owned(), english.to_owned(), dutch.to_owned()];
        self.error(FindingCode::FactType, format!("/facts/{id}"), details);
        None
    }

    fn price(&mut self, field: &str, number: Number, per_unit: bool) -> Option<Price> {
        let read: Result<Price, PriceError> =
            if per_unit { Price::per_unit(number.0) } else { Price::payable(number.0) };
        match read {
            Ok(price) => Some(price),
            Err(error) => {
                let details = [number.0.to_string(), error.to_string(), error.in_dutch()];
                self.error(FindingCode::InvalidPrice, format!("/{field}"), details);
                None
            }
        }
    }

    fn score(&mut self, leaf: &Leaf, scale: &Scale) -> Option<AssessedScore> {
        let input = self.input;
        let place = format!("/scores/{}", leaf.id);
        let given = match input.scores.get(&leaf.id) {
            Some(text) => Some(self.on_scale(scale, text, &place)?),
            None => None,
        };
        let mut individual = Vec::new();
        for (index, scored) in input.assessor_scores.get(&leaf.id).into_iter().flatten().enumerate() {
            let place = format!("/assessorScores/{}/{index}/score", leaf.id);
            if individual.iter().any(|(assessor, _)| *assessor == scored.assessor) {
                self.error(
                    FindingCode::DuplicateId,
                    place.clone(),
                    [scored.assessor.chars().take(64).collect()],
                );
            }
            individual.push((scored.assessor.clone(), self.on_scale(scale, &scored.score, &place)?));
        }
        if given.is_none() && individual.is_empty() {
            return self.missing(leaf, "scores");
        }
        match AssessedScore::combine(self.declared.model.assessment.as_ref(), given, individual) {
            Ok(score) => Some(score),
            Err(error) => {
                self.error(FindingCode::ScoresDoNotCombine, place, [error.to_string(), error.in_dutch()]);
                None
            }
        }
    }

    fn on_scale(&mut self, scale: &Scale, text: &str, place: &str) -> Option<Decimal> {
        match read_score(scale, text) {
            Ok(score) => Some(score),
            Err(error) => {
                let details = [error.to_string(), error.in_dutch()];
                self.error(FindingCode::ScoreOffScale, place.to_owned(), details);
                None
            }
        }
    }

    fn facts(&mut self) -> Vec<Fact> {
        let (input, declared) = (self.input, self.declared);
        let mut facts = Vec::with_capacity(declared.model.knock_outs.len());
        for knock_out in &declared.model.knock_outs {
            let by_number = knock_out.bound != Bound::Met;
            match input.facts.get(&knock_out.id) {
                Some(FactInput::Value(number)) if by_number => facts.push(Fact::Number(number.0)),
                Some(FactInput::Met(met)) if !by_number => facts.push(Fact::Met(*met)),
                Some(_) => {
                    let wanted = if by_number { NUMBER } else { ["true or false", "true of false"] };
                    self.wrong_fact::<()>(&knock_out.id, wanted);
                }
                None => {
                    let details = [input.id.clone(), knock_out.id.clone(), "facts".to_owned()];
                    self.error(FindingCode::AnswerMissing, format!("/facts/{}", knock_out.id), details);
                }
            }
        }
        facts
    }

    fn standing(&mut self, dates: TenderDates) -> (Standing, Vec<Note>) {
        let none = (Standing::Single(LevelRank::NONE), Vec::new());
        let scores_level =
            self.declared.layout.leaves.iter().any(|leaf| matches!(leaf.content, Content::PsoLevel(_)));
        let Some(rules) = self.declared.model.pso.as_ref().filter(|_| scores_level) else {
            let members = self.input.consortium.iter().filter_map(|member| member.pso.as_ref());
            let claims = self.input.pso.iter().chain(members);
            return (none.0, claims.map(|claim| Note::Unused { level: claim.level.clone() }).collect());
        };
        let claim = self.input.pso.as_ref().map(claim);
        let members: Vec<Member> = self.input.consortium.iter().map(member).collect();
        if claim.is_some() && !members.is_empty() {
            let details = [
                "a consortium claims a level by its members, so `pso` beside `consortium` says nothing",
                "een combinatie voert een trede op per lid, dus `pso` naast `consortium` zegt niets",
            ];
            self.error(FindingCode::LevelUnclear, "/pso".to_owned(), details.map(str::to_owned));
        }
        match rules.standing(claim.as_ref(), &members, dates.bids_due_on, dates.awarded_on) {
            Ok(standing) => standing,
            Err(StandingError::DateMissing) => {
                self.error(FindingCode::LevelDateMissing, "/pso".to_owned(), []);
                none
            }
            Err(error) => {
                let place = if members.is_empty() { "/pso" } else { "/consortium" };
                let details = [error.to_string(), error.in_dutch()];
                self.error(FindingCode::LevelUnclear, place.to_owned(), details);
                none
            }
        }
    }
}

fn claim(input: &PsoClaimInput) -> Claim {
    Claim {
        level: input.level.clone(),
        ladder_version: input.ladder_version.clone(),
        valid_from: input.valid_from,
        valid_until: input.valid_until,
        equivalence_reason: input.equivalence_reason.clone(),
    }
}

fn member(input: &MemberInput) -> Member {
    Member {
        name: input.name.clone(),
        lead: input.lead,
        share: input.share_percent.map(|number| number.0),
        claim: input.pso.as_ref().map(claim),
    }
}
