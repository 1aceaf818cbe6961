//! A contract (opdracht) with a social return obligation.

use std::fmt;
use std::str::FromStr;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use thiserror::Error;

use super::obligation_state::ObligationState;
use crate::bidding::bid::BidId;
use crate::policies::policy::PolicyId;
use crate::tendering::lot::LotId;
use trede_base::contract_kind::ContractKind;
use trede_base::cpv::CpvCodes;
use trede_base::ids::{Id, KvkNumber, MalformedId, MunicipalityId};
use trede_base::period::Period;
use trede_base::record::Record;

/// The award that a contract followed from, on a lot that several can win.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContractAward {
    /// The contract.
    pub contract: ContractId,
    /// The lot.
    pub lot: LotId,
    /// The winning bid.
    pub bid: BidId,
}

/// The id of a contract.
pub type ContractId = Id<Contract>;

/// A contract (opdracht) that social return is asked of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: ContractId,
    /// The terms as they are now; each earlier form stands in its changes.
    pub terms: ContractTerms,
    /// The version of the policy that it keeps; none while nobody has chosen one.
    pub policy: Option<PolicyId>,
    /// What is owed by the terms as they are now, in cents; none without a policy.
    pub obligation_cents: Option<i64>,
    /// How far the obligation is, not counting that it runs by itself: see [`ObligationState::on`].
    pub state: ObligationState,
    /// Until when the contractor may make up for what is short (hersteltermijn).
    pub cure_until: Option<NaiveDate>,
    /// When it was written.
    pub record: Record,
}

/// What was agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractTerms {
    /// The reference under which the municipality's own files know it (kenmerk).
    pub external_reference: Option<String>,
    /// The lot that was awarded; none for a contract that was not tendered here.
    pub lot: Option<LotId>,
    /// Title (titel).
    pub title: String,
    /// The contractor (opdrachtnemer); of a consortium the lead member (penvoerder).
    pub contractor: KvkNumber,
    /// The other members of the consortium (combinatie).
    pub consortium: KvkNumbers,
    /// The kind (soort).
    pub kind: ContractKind,
    /// What is bought, as CPV codes; the main code first.
    pub cpv_codes: CpvCodes,
    /// The contract sum excluding VAT, in cents (opdrachtsom).
    pub contract_sum_cents: i64,
    /// The wages in it, in cents (loonsom).
    pub wage_sum_cents: Option<i64>,
    /// The share of labour in percent (arbeidsaandeel).
    pub labour_percent: Option<Decimal>,
    /// When the tender was published (publicatiedatum).
    pub published_on: Option<NaiveDate>,
    /// When the contract was assigned (opdrachtdatum).
    pub assigned_on: Option<NaiveDate>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day, with the option years that were taken up.
    pub ends_on: NaiveDate,
    /// The percentage that was offered in the bid (aanbod).
    pub offered_percent: Option<Decimal>,
    /// The PSO levels of the contractor during the term.
    pub pso_levels: LevelPeriods,
    /// Why nothing is owed (ontheffing).
    pub exemption: Option<String>,
    /// What is owed instead of what the policy says, in cents, and why (maatwerk).
    pub deviation: Option<(i64, String)>,
    /// The coordinator who follows it, by the name in the token (coördinator).
    pub coordinator: Option<String>,
    /// The labels of the contractor during the term, other than PSO levels (keurmerken).
    pub labels: LevelPeriods,
    /// What the contractor says of itself.
    pub of_contractor: ContractorFacts,
}

/// What a contractor says of itself, written one fact a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractorFacts {
    /// The other organisations of its group (concern).
    pub group: KvkNumbers,
    /// How many people it employs (werknemers).
    pub employees: Option<u32>,
    /// Which percentage of its full-time jobs people of the target groups have (5 %-norm).
    pub target_group_percent: Option<Decimal>,
}

impl fmt::Display for ContractorFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = (!self.group.0.is_empty()).then(|| format!("group {}", self.group));
        let employees = self.employees.map(|number| format!("employees {number}"));
        let percent = self.target_group_percent.map(|percent| format!("target-group-percent {percent}"));
        let lines: Vec<String> = [group, employees, percent].into_iter().flatten().collect();
        f.write_str(&lines.join("\n"))
    }
}

impl FromStr for ContractorFacts {
    type Err = MalformedLevel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || MalformedLevel(text.to_owned());
        let mut facts = Self::default();
        for line in text.lines() {
            let (name, value) = line.split_once(' ').ok_or_else(malformed)?;
            match name {
                "group" => facts.group = value.parse().map_err(|_| malformed())?,
                "employees" => facts.employees = Some(value.parse().map_err(|_| malformed())?),
                "target-group-percent" => {
                    facts.target_group_percent = Some(value.parse().map_err(|_| malformed())?);
                }
                _ => return Err(malformed()),
            }
        }
        Ok(facts)
    }
}

impl ContractTerms {
    /// Whether an organisation is a party to it.
    #[must_use]
    pub fn has_party(&self, kvk: KvkNumber) -> bool {
        self.contractor == kvk || self.consortium.0.contains(&kvk)
    }

    /// Whether an organisation is a party to it, or of the group of one: nobody buys from itself.
    #[must_use]
    pub fn is_own(&self, kvk: KvkNumber) -> bool {
        self.has_party(kvk) || self.of_contractor.group.0.contains(&kvk)
    }

    /// The term (looptijd), both days included.
    #[must_use]
    pub fn term(&self) -> Period {
        Period { from: self.starts_on, until: self.ends_on }
    }

    /// The whole months of the term; none when its dates are out of all bounds.
    #[must_use]
    pub fn term_months(&self) -> Option<u32> {
        let after = self.ends_on.succ_opt()?;
        let years = after.years_since(self.starts_on)?;
        let whole_years = years.checked_mul(12)?;
        (0..=12).rev().map(|months| whole_years.saturating_add(months)).find(|months| {
            self.starts_on.checked_add_months(Months::new(*months)).is_some_and(|reached| reached <= after)
        })
    }
}

/// KvK numbers, written with commas between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KvkNumbers(pub Vec<KvkNumber>);

impl fmt::Display for KvkNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(KvkNumber::to_string).collect();
        f.write_str(&numbers.join(","))
    }
}

impl FromStr for KvkNumbers {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split(',').filter(|number| !number.is_empty());
        Ok(Self(numbers.map(str::parse).collect::<Result<_, _>>()?))
    }
}

/// A PSO level that the contractor holds during some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelPeriod {
    /// Code of the level.
    pub level: String,
    /// The first and the last day on which it is held.
    pub period: Period,
}

/// PSO levels, one a line: first day, last day, code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelPeriods(pub Vec<LevelPeriod>);

/// A text that is no list of levels, or of facts of a contractor.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("«{0}» is no level with its period, and no fact of a contractor")]
pub struct MalformedLevel(String);

impl fmt::Display for LevelPeriods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self
            .0
            .iter()
            .map(|held| format!("{} {} {}", held.period.from, held.period.until, held.level))
            .collect();
        f.write_str(&lines.join("\n"))
    }
}

impl FromStr for LevelPeriods {
    type Err = MalformedLevel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.lines()
            .map(|line| level(line).ok_or_else(|| MalformedLevel(line.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn level(line: &str) -> Option<LevelPeriod> {
    let (from, rest) = line.split_once(' ')?;
    let (until, level) = rest.split_once(' ')?;
    let period = Period { from: from.parse().ok()?, until: until.parse().ok()? };
    Some(LevelPeriod { level: level.to_owned(), period })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(starts_on: &str, ends_on: &str) -> ContractTerms {
        ContractTerms {
            external_reference: None,
            lot: None,
            title: "Groenonderhoud".to_owned(),
            contractor: "69599068".parse().unwrap(),
            consortium: KvkNumbers::default(),
            kind: ContractKind::Services,
            cpv_codes: CpvCodes::default(),
            contract_sum_cents: 100,
            wage_sum_cents: None,
            labour_percent: None,
            published_on: None,
            assigned_on: None,
            starts_on: starts_on.parse().unwrap(),
            ends_on: ends_on.parse().unwrap(),
            offered_percent: None,
            pso_levels: LevelPeriods::default(),
            exemption: None,
            deviation: None,
            coordinator: None,
            labels: LevelPeriods::default(),
            of_contractor: ContractorFacts::default(),
        }
    }

    #[test]
    fn a_term_is_counted_in_whole_months() {
        for (from, until, months) in [
            ("2026-01-01", "2026-12-31", 12),
            ("2026-01-01", "2026-06-29", 5),
            ("2026-01-15", "2026-07-14", 6),
            ("2026-01-31", "2026-02-27", 1),
            ("2026-01-01", "2028-12-31", 36),
            ("2026-01-01", "2026-01-01", 0),
        ] {
            assert_eq!(terms(from, until).term_months(), Some(months), "{from} {until}");
        }
    }

    #[test]
    fn levels_read_back_as_they_are_written() {
        let text = "2026-01-01 2026-06-30 trede-2\n2026-07-01 2027-12-31 trede 3 (30+)";
        assert_eq!(text.parse::<LevelPeriods>().unwrap().to_string(), text);
        assert_eq!("".parse::<LevelPeriods>().unwrap(), LevelPeriods::default());
        assert!("2026-01-01 trede-2".parse::<LevelPeriods>().is_err());
    }

    #[test]
    fn what_a_contractor_says_of_itself_reads_back_as_it_is_written() {
        let text = "group 68750110,12345678\nemployees 24\ntarget-group-percent 5.5";
        assert_eq!(text.parse::<ContractorFacts>().unwrap().to_string(), text);
        assert_eq!("".parse::<ContractorFacts>().unwrap(), ContractorFacts::default());
        assert!("colour green".parse::<ContractorFacts>().is_err());
    }

    #[test]
    fn members_of_a_consortium_are_parties() {
        let mut contract = terms("2026-01-01", "2026-12-31");
        contract.consortium = "68750110,12345678".parse().unwrap();
        assert!(contract.has_party("12345678".parse().unwrap()));
        assert!(!contract.has_party("00000001".parse().unwrap()));
        assert_eq!(contract.consortium.to_string(), "68750110,12345678");
    }
}
