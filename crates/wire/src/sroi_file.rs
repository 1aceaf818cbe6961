//! The SROI file: a value map as `trede sroi` takes it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;
use trede_base::exact::Exact;
use trede_base::ids::Id;
use trede_base::share::Share;
use trede_rules::sroi::{
    Convention, Discounting, DropOff, Input, Outcome, Proxy, Reduction, SroiFinding, SroiFindingCode, Study,
    ValueMap,
};

/// A value map (waardenkaart) of the SROI method: inputs, outcomes, and how they are discounted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SroiFile {
    /// Title (titel).
    pub title: String,
    /// The version of the policy by which outcomes are valued (beleidsversie).
    pub policy_version: String,
    /// The year whose prices are used (prijspeil).
    pub price_year: i32,
    /// How later years are discounted (verdiscontering).
    pub discounting: DiscountingInput,
    /// What is invested (investeringen). Without inputs there is no ratio.
    #[serde(default)]
    pub inputs: Vec<SroiInput>,
    /// What changes for whom (effecten).
    #[schema(min_items = 1, max_items = 100)]
    pub outcomes: Vec<OutcomeInput>,
    /// By how many percent of its own value each assumption is varied (gevoeligheidsanalyse); without it only
    /// the break-even values are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variation_percent: Option<Number>,
}

/// How later years are discounted (verdiscontering).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DiscountingInput {
    /// The discount rate (discontovoet), in percent a year, above -100, with at most 4 decimals; also below zero.
    pub rate_percent: Number,
    /// Who published the rate (bron).
    pub source: String,
    /// Since when the rate holds (geldig vanaf).
    pub valid_from: NaiveDate,
    /// Which year is discounted first (conventie); it changes the answer.
    pub convention: ConventionInput,
}

/// The convention of discounting (conventie).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConventionInput {
    /// Every year is discounted at its end.
    EndOfYear,
    /// The first year counts in full.
    FirstYearUndiscounted,
}

/// An investment (investering).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SroiInput {
    /// Identifier.
    pub id: String,
    /// Who invests (belanghebbende).
    pub stakeholder: String,
    /// How much, in euros (bedrag).
    pub amount: Number,
    /// Where the amount comes from (bron).
    pub source: String,
}

/// A change for a stakeholder (effect).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeInput {
    /// Identifier.
    pub id: String,
    /// For whom it changes (belanghebbende).
    pub stakeholder: String,
    /// What changes (omschrijving).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How much of it there is (hoeveelheid); left out where it is taken from the ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Number>,
    /// Which entries the quantity is counted from (uit de verantwoordingen). The service counts them and writes
    /// quantity and day down with the map; without the service `quantity` says what was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_from: Option<LedgerQuantity>,
    /// What one unit is worth in a year (financiële proxy).
    pub proxy: ProxyInput,
    /// What would have happened anyway (deadweight).
    pub deadweight: ReductionInput,
    /// What was displaced elsewhere (verdringing).
    pub displacement: ReductionInput,
    /// What others brought about (toerekening aan anderen).
    pub attribution: ReductionInput,
    /// What is lost each year after the first (afname); needed when the outcome lasts longer than a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_off: Option<ReductionInput>,
    /// How long the outcome lasts, in years (duur).
    #[schema(minimum = 1, maximum = 30)]
    pub duration_years: u32,
    /// After how many years it starts (start).
    #[serde(default)]
    #[schema(maximum = 30)]
    pub start_offset_years: u32,
    /// What shows that the outcome happened (bewijs).
    pub evidence: String,
}

/// A quantity that is counted from approved entries (hoeveelheid uit de verantwoordingen).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LedgerQuantity {
    /// Code of the building block (bouwblok).
    #[schema(min_length = 1, max_length = 100)]
    pub block: String,
    /// What is counted (telling).
    pub count: LedgerCount,
    /// The contracts whose entries are counted (opdrachten); left out: the contract that the map is of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 500)]
    pub contract_ids: Vec<Id<()>>,
    /// The day on which it was counted (peildatum): the service writes it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_on: Option<NaiveDate>,
}

/// What is counted of approved entries (telling).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerCount {
    /// Candidates, each once (personen).
    People,
    /// Entries (verantwoordingen).
    Entries,
}

/// A financial proxy (financiële proxy). The value of a building block (bouwblok) is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProxyInput {
    /// In euros a unit and a year (bedrag); below zero for a negative outcome.
    pub amount: Number,
    /// Where it was published (bron).
    pub source: String,
    /// The year of its prices (prijspeil).
    pub price_year: i32,
    /// What the amount contains, such as `benefit` (uitkering): two proxies of one stakeholder that contain
    /// the same are pointed out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<String>,
}

/// A share that is taken off (aftrek): a zero is typed and explained as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReductionInput {
    /// From 0 to 100 percent, with at most 4 decimals (percentage).
    pub percent: Number,
    /// Why this share (toelichting).
    pub explanation: String,
}

impl SroiFile {
    /// The value map that the file holds.
    ///
    /// # Errors
    /// All errors of the file, each with its JSON pointer.
    pub fn to_value_map(&self) -> Result<ValueMap, Vec<SroiFinding>> {
        let mut found = Vec::new();
        let map = ValueMap {
            study: Study {
                title: self.title.clone(),
                policy_version: self.policy_version.clone(),
                price_year: self.price_year,
            },
            discounting: Discounting {
                rate: rate(&self.discounting.rate_percent, "/discounting/ratePercent", &mut found),
                source: self.discounting.source.clone(),
                valid_from: self.discounting.valid_from,
                convention: match self.discounting.convention {
                    ConventionInput::EndOfYear => Convention::EndOfYear,
                    ConventionInput::FirstYearUndiscounted => Convention::FirstYearUndiscounted,
                },
            },
            inputs: self.inputs.iter().map(SroiInput::to_input).collect(),
            outcomes: self
                .outcomes
                .iter()
                .enumerate()
                .map(|(index, outcome)| outcome.to_outcome(&format!("/outcomes/{index}"), &mut found))
                .collect(),
            variation: self
                .variation_percent
                .as_ref()
                .map(|percent| share(percent, "/variationPercent", &mut found)),
        };
        found.extend(map.errors());
        if found.is_empty() { Ok(map) } else { Err(found) }
    }
}

impl SroiInput {
    fn to_input(&self) -> Input {
        Input {
            id: self.id.clone(),
            stakeholder: self.stakeholder.clone(),
            euros: Exact::from(self.amount.0),
            source: self.source.clone(),
        }
    }
}

impl OutcomeInput {
    fn to_outcome(&self, place: &str, found: &mut Vec<SroiFinding>) -> Outcome {
        let quantity = self.quantity.as_ref().map(|quantity| quantity.0).unwrap_or_else(|| {
            let place = format!("{place}/quantity");
            found.push(SroiFinding::new(SroiFindingCode::QuantityMissing, &place, [self.id.clone()]));
            Decimal::ZERO
        });
        let mut reduction = |input: &ReductionInput, name: &str| Reduction {
            share: share(&input.percent, &format!("{place}/{name}/percent"), found),
            explanation: input.explanation.clone(),
        };
        Outcome {
            id: self.id.clone(),
            stakeholder: self.stakeholder.clone(),
            quantity: Exact::from(quantity),
            proxy: Proxy {
                euros: Exact::from(self.proxy.amount.0),
                source: self.proxy.source.clone(),
                price_year: self.proxy.price_year,
                covers: self.proxy.covers.clone(),
            },
            deadweight: reduction(&self.deadweight, "deadweight"),
            displacement: reduction(&self.displacement, "displacement"),
            attribution: reduction(&self.attribution, "attribution"),
            drop_off: match &self.drop_off {
                Some(input) => DropOff::Yearly(reduction(input, "dropOff")),
                None => DropOff::SingleYear,
            },
            duration_years: self.duration_years,
            start_offset_years: self.start_offset_years,
            evidence: self.evidence.clone(),
        }
    }
}

/// A discount rate from a percentage above −100, up to 100. What is none is told, and the map is then not valued.
fn rate(percent: &Number, place: &str, found: &mut Vec<SroiFinding>) -> Exact {
    let percent: Decimal = percent.0;
    let sound = percent.normalize().scale() <= PERCENT_DECIMALS
        && percent > -Decimal::ONE_HUNDRED
        && percent <= Decimal::ONE_HUNDRED;
    if !sound {
        found.push(SroiFinding::new(SroiFindingCode::NoRate, place, [percent.to_string()]));
        return Exact::ZERO;
    }
    Exact::from(percent).over(&Exact::HUNDRED).unwrap_or_default()
}

/// Decimals of a percentage: the exact powers of longer ones grow without saying more.
const PERCENT_DECIMALS: u32 = 4;

/// A share from a percentage. What is no percentage is told, and the map is then not valued.
fn share(percent: &Number, place: &str, found: &mut Vec<SroiFinding>) -> Share {
    let percent: Decimal = percent.0;
    let written = (percent.normalize().scale() <= PERCENT_DECIMALS).then_some(percent);
    written.and_then(Share::of_percent).unwrap_or_else(|| {
        found.push(SroiFinding::new(SroiFindingCode::NotAPercentage, place, [percent.to_string()]));
        Share::NOTHING
    })
}
