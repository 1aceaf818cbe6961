//! The level that counts for a bid: its claim, on the date that counts, by the declared rules.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Ladder, LevelRank};

/// The date on which a level counts (peildatum).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelDate {
    /// The closing date of the bids.
    Bid,
    /// The date of the award decision.
    Award,
}

/// Which level a consortium (combinatie) has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsortiumRule {
    /// That of the lead member (penvoerder).
    Lead,
    /// The lowest of the members.
    Lowest,
    /// The highest of the members.
    Highest,
    /// The scores of the members' levels, weighted by their share in the contract.
    Weighted,
}

/// How a level of another ladder version counts on the tender's ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelMapping {
    /// The other version.
    pub from_version: String,
    /// The level there.
    pub from_level: String,
    /// The level here.
    pub to: LevelRank,
}

/// The declared rules around the level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PsoRules {
    /// The tender's ladder.
    pub ladder: Ladder,
    /// How older ladders count on it.
    pub mappings: Vec<LevelMapping>,
    /// The date that counts.
    pub level_date: Option<LevelDate>,
    /// The rule for consortia.
    pub consortium: Option<ConsortiumRule>,
    /// How an equivalent proof is assessed; without it none is accepted.
    pub equivalence: Option<String>,
    /// The link to the subject matter.
    pub motivation: Option<String>,
}

/// A claim of a level: a certificate, or an equivalent proof that the buyer assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The level's code.
    pub level: String,
    /// The ladder version of the certificate, when it is another than the tender's.
    pub ladder_version: Option<String>,
    /// First day of validity.
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
    /// Why an equivalent proof counts as this level.
    pub equivalence_reason: Option<String>,
}

/// A member of a consortium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name.
    pub name: String,
    /// Whether it leads.
    pub lead: bool,
    /// Share in the contract, in percent.
    pub share: Option<Decimal>,
    /// Its own claim.
    pub claim: Option<Claim>,
}

/// The level that counts for a bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One level.
    Single(LevelRank),
    /// The members' levels with their shares in percent, which sum to 100.
    Weighted(Vec<(LevelRank, Decimal)>),
}

/// What a reader must know about how a level came to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The certificate is not valid on the date that counts, so no level counts.
    NotValid {
        /// The level claimed.
        level: String,
        /// The date.
        on: NaiveDate,
    },
    /// An equivalent proof was accepted.
    Equivalent {
        /// The level it counts as.
        level: String,
        /// Why.
        reason: String,
    },
    /// No criterion scores the level that is claimed.
    Unused {
        /// The level claimed.
        level: String,
    },
    /// The level of another ladder version was mapped.
    Mapped {
        /// The level there.
        from: String,
        /// The level here.
        to: String,
    },
}

/// Why the level of a claim cannot be told by the declared rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StandingError {
    /// No such level on the ladder.
    #[error("`{level}` is no level of ladder {version}")]
    UnknownLevel {
        /// The code claimed.
        level: String,
        /// The ladder's version.
        version: String,
    },
    /// No mapping from that ladder version is declared.
    #[error("the model declares no mapping of `{level}` on ladder {version}")]
    NoMapping {
        /// The code claimed.
        level: String,
        /// The other version.
        version: String,
    },
    /// A period of validity, but the model does not say which date counts.
    #[error("the certificate has a period of validity, but the model does not declare the date that counts")]
    DateUndeclared,
    /// The model declares which date counts, but the tender does not give that date.
    #[error("the model declares the date on which the level counts, but the tender does not give that date")]
    DateMissing,
    /// The certificate ends before it begins.
    #[error("the certificate is valid until a day before it is valid from")]
    EndsBeforeItBegins,
    /// An equivalent proof without the written reason.
    #[error("an equivalent proof needs the written reason why it counts as this level")]
    NoReason,
    /// An equivalent proof, but the model declares no equivalence route.
    #[error("an equivalent proof is claimed, but the model declares no equivalence route")]
    NoEquivalence,
    /// A consortium, but the model does not say which level it has.
    #[error("the bid is of a consortium, but the model declares no rule for its level")]
    RuleUndeclared,
    /// Not exactly one lead.
    #[error("a consortium has exactly one lead member")]
    LeadCount,
    /// Shares that are missing or do not sum to 100.
    #[error("the shares of the members must sum to exactly 100 percent")]
    Shares,
}

impl StandingError {
    /// The same in Dutch.
    #[must_use]
    pub fn in_dutch(&self) -> String {
        match self {
            StandingError::UnknownLevel { level, version } => {
                format!("`{level}` is geen trede van ladder {version}")
            }
            StandingError::NoMapping { level, version } => {
                format!("het model legt niet vast hoe `{level}` van ladder {version} telt")
            }
            StandingError::DateUndeclared => {
                "het certificaat heeft een geldigheidsduur, maar het model legt de peildatum niet vast"
                    .to_owned()
            }
            StandingError::DateMissing => {
                "het model legt de peildatum van de trede vast, maar de aanbesteding geeft die datum niet"
                    .to_owned()
            }
            StandingError::EndsBeforeItBegins => {
                "het certificaat eindigt op een dag voordat het begint".to_owned()
            }
            StandingError::NoReason => {
                "gelijkwaardig bewijs vraagt de schriftelijke reden waarom het als deze trede telt".to_owned()
            }
            StandingError::NoEquivalence => {
                "er wordt gelijkwaardig bewijs opgevoerd, maar het model kent geen gelijkwaardigheidsroute"
                    .to_owned()
            }
            StandingError::RuleUndeclared => {
                "de inschrijving is van een combinatie, maar het model legt geen regel voor haar trede vast"
                    .to_owned()
            }
            StandingError::LeadCount => "een combinatie heeft precies één penvoerder".to_owned(),
            StandingError::Shares => {
                "de aandelen van de leden moeten optellen tot precies 100 procent".to_owned()
            }
        }
    }
}

impl PsoRules {
    /// The level that counts for a bid with this claim or these members, and what to note about it.
    ///
    /// `bid_on` and `award_on` are the tender's dates, of which the rules say which one counts.
    ///
    /// # Errors
    /// When the claim asks for a rule that is not declared.
    pub fn standing(
        &self,
        claim: Option<&Claim>,
        members: &[Member],
        bid_on: Option<NaiveDate>,
        award_on: Option<NaiveDate>,
    ) -> Result<(Standing, Vec<Note>), StandingError> {
        let date = self.level_date.map(|which| match which {
            LevelDate::Bid => bid_on,
            LevelDate::Award => award_on,
        });
        let mut notes = Vec::new();
        if members.is_empty() {
            let level = self.level_of(claim, date, &mut notes)?;
            return Ok((Standing::Single(level), notes));
        }
        let outside = |share: &Decimal| share.is_sign_negative() || *share > Decimal::ONE_HUNDRED;
        if members.iter().filter_map(|member| member.share.as_ref()).any(outside) {
            return Err(StandingError::Shares);
        }
        let mut levels = Vec::with_capacity(members.len());
        for member in members {
            levels.push(self.level_of(member.claim.as_ref(), date, &mut notes)?);
        }
        Ok((self.standing_of_members(members, &levels)?, notes))
    }

    fn standing_of_members(
        &self,
        members: &[Member],
        levels: &[LevelRank],
    ) -> Result<Standing, StandingError> {
        match self.consortium.ok_or(StandingError::RuleUndeclared)? {
            ConsortiumRule::Lead => {
                let mut leads = members.iter().zip(levels).filter(|(member, _)| member.lead);
                match (leads.next(), leads.next()) {
                    (Some((_, level)), None) => Ok(Standing::Single(*level)),
                    _ => Err(StandingError::LeadCount),
                }
            }
            ConsortiumRule::Lowest => {
                Ok(Standing::Single(levels.iter().min().copied().unwrap_or(LevelRank::NONE)))
            }
            ConsortiumRule::Highest => {
                Ok(Standing::Single(levels.iter().max().copied().unwrap_or(LevelRank::NONE)))
            }
            ConsortiumRule::Weighted => {
                let shares: Option<Vec<Decimal>> = members.iter().map(|member| member.share).collect();
                let shares = shares.ok_or(StandingError::Shares)?;
                let sum = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(*share));
                if sum != Some(Decimal::ONE_HUNDRED) || shares.iter().any(Decimal::is_sign_negative) {
                    return Err(StandingError::Shares);
                }
                Ok(Standing::Weighted(levels.iter().copied().zip(shares).collect()))
            }
        }
    }

    fn level_of(
        &self,
        claim: Option<&Claim>,
        date: Option<Option<NaiveDate>>,
        notes: &mut Vec<Note>,
    ) -> Result<LevelRank, StandingError> {
        let Some(claim) = claim else { return Ok(LevelRank::NONE) };
        let rank = self.on_this_ladder(claim, notes)?;
        if let Some(reason) = &claim.equivalence_reason {
            if reason.trim().is_empty() {
                return Err(StandingError::NoReason);
            }
            if self.equivalence.is_none() {
                return Err(StandingError::NoEquivalence);
            }
            notes.push(Note::Equivalent { level: claim.level.clone(), reason: reason.clone() });
        }
        if matches!((claim.valid_from, claim.valid_until), (Some(from), Some(until)) if until < from) {
            return Err(StandingError::EndsBeforeItBegins);
        }
        if claim.valid_from.is_some() || claim.valid_until.is_some() {
            let on = date.ok_or(StandingError::DateUndeclared)?.ok_or(StandingError::DateMissing)?;
            let too_early = claim.valid_from.is_some_and(|from| on < from);
            let too_late = claim.valid_until.is_some_and(|until| on > until);
            if too_early || too_late {
                notes.push(Note::NotValid { level: claim.level.clone(), on });
                return Ok(LevelRank::NONE);
            }
        }
        Ok(rank)
    }

    fn on_this_ladder(&self, claim: &Claim, notes: &mut Vec<Note>) -> Result<LevelRank, StandingError> {
        match &claim.ladder_version {
            Some(version) if version != self.ladder.version() => {
                let mapping = self
                    .mappings
                    .iter()
                    .find(|m| &m.from_version == version && m.from_level == claim.level)
                    .ok_or_else(|| StandingError::NoMapping {
                        level: claim.level.clone(),
                        version: version.clone(),
                    })?;
                let to = self.ladder.code_of(mapping.to).to_owned();
                notes.push(Note::Mapped { from: format!("{version} {}", claim.level), to });
                Ok(mapping.to)
            }
            _ => self.ladder.rank_of(&claim.level).ok_or_else(|| StandingError::UnknownLevel {
                level: claim.level.clone(),
                version: self.ladder.version().to_owned(),
            }),
        }
    }
}
