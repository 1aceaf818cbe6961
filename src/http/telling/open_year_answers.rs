//! What a year came to, as anybody reads it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use trede_base::national_group::NationalGroup;
use trede_formats::tables::Notation;
use trede_formats::tables::write::Cell;
use trede_service::telling::open_years::{OpenDurability, OpenLine, OpenSector, OpenYear};
use trede_service::telling::suppression::BOUND;
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// What was done by people of a target group or in a district (regel). Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenYearLine {
    /// The group of the national list, or the district; left out where none is known, and for a district that is kept
    /// back.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<String>,
    /// How many people worked or learned (personen).
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<usize>,
    /// The hours that they did (uren).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    hours: Option<Euros>,
    /// What was done and approved, before the maxima (verricht).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    done: Option<Euros>,
    /// Whether it is kept back (onderdrukt).
    suppressed: bool,
}

impl OpenYearLine {
    fn of<P>(line: OpenLine<P>, name: impl Fn(P) -> Option<String>) -> Self {
        Self {
            part: name(line.part),
            people: line.told.map(|(people, ..)| people),
            hours: line.told.map(|(_, cents, _)| Euros { cents }),
            done: line.told.map(|(_, _, cents)| Euros { cents }),
            suppressed: line.told.is_none(),
        }
    }
}

/// What was owed and realised in a sector (regel). Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenYearSector {
    /// The division of the main CPV code; empty where none is known.
    part: String,
    /// What was owed for the year (opgave).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    owed: Option<Euros>,
    /// What of it was realised, after the maxima (gerealiseerd).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    realised: Option<Euros>,
    /// Whether it is kept back (onderdrukt).
    suppressed: bool,
}

impl From<OpenSector> for OpenYearSector {
    fn from(sector: OpenSector) -> Self {
        Self {
            part: sector.sector,
            owed: sector.told.map(|(cents, _)| Euros { cents }),
            realised: sector.told.map(|(_, cents)| Euros { cents }),
            suppressed: sector.told.is_none(),
        }
    }
}

/// What was approved in a month (maand). Amounts are in euros.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenYearMonth {
    /// The first day of the month.
    month: NaiveDate,
    /// What was approved in it, whenever it was done (goedgekeurd).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    approved: Option<Euros>,
    /// Whether it is kept back (onderdrukt).
    suppressed: bool,
}

/// How many people were still at work some months after a placement (duurzaamheid).
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenYearDurability {
    /// How many months after the last day of the placement.
    months_after: u16,
    /// How many people were asked in the year (gevraagd).
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<usize>,
    /// How many of them were at work (aan het werk).
    #[serde(skip_serializing_if = "Option::is_none")]
    at_work: Option<usize>,
    /// Whether something of it is kept back (onderdrukt).
    suppressed: bool,
}

impl From<OpenDurability> for OpenYearDurability {
    fn from(durability: OpenDurability) -> Self {
        let OpenDurability { months_after, people, at_work } = durability;
        Self { months_after, people, at_work, suppressed: at_work.is_none() }
    }
}

/// What a year came to (jaarcijfers), as anybody may know it. What is left out is kept back. Amounts are in euros.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "municipality": "gm0344",
    "name": "Utrecht",
    "year": 2027,
    "suppressedBelow": 5,
    "contracts": 12,
    "contractors": 9,
    "owed": "156250.00",
    "realised": "177777.80",
    "people": 21,
    "hours": "8331.40",
    "done": "177777.80",
    "approved": "177777.80",
    "doneOtherwise": "0",
    "targetGroups": [{
        "part": "participatiewet", "people": 21, "hours": "8331.40", "done": "177777.80", "suppressed": false
    }],
    "districts": [{"suppressed": true}, {"suppressed": true}],
    "sectors": [{"part": "77", "owed": "156250.00", "realised": "177777.80", "suppressed": false}],
    "months": [{"month": "2027-01-01", "approved": "177777.80", "suppressed": false}],
    "durability": [{"monthsAfter": 6, "people": 7, "atWork": 7, "suppressed": false}]
}))]
pub struct OpenYearResponse {
    /// The municipality (gemeente).
    municipality: String,
    /// Its name.
    name: String,
    /// The year.
    year: i32,
    /// Of fewer people or contractors nothing is told (ondergrens).
    suppressed_below: usize,
    /// How many contracts ran in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    contracts: Option<usize>,
    /// How many contractors owed or realised something (opdrachtnemers).
    #[serde(skip_serializing_if = "Option::is_none")]
    contractors: Option<usize>,
    /// What was owed for it (opgave).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    owed: Option<Euros>,
    /// What of it was realised, after the maxima (gerealiseerd).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    realised: Option<Euros>,
    /// How many people worked or learned in it (personen).
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<usize>,
    /// The hours that they did (uren).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    hours: Option<Euros>,
    /// What was done in it and approved, before the maxima (verricht).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    done: Option<Euros>,
    /// What was approved in it, whenever it was done (goedgekeurd).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    approved: Option<Euros>,
    /// What was done otherwise than by people who worked or learned, such as purchases: with the target groups all that
    /// was done (overig).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    done_otherwise: Option<Euros>,
    /// By target group of the national list (doelgroepen).
    target_groups: Vec<OpenYearLine>,
    /// By district (wijken, stadsdelen).
    districts: Vec<OpenYearLine>,
    /// By sector: the division of the main CPV code (sectoren).
    sectors: Vec<OpenYearSector>,
    /// By month of approval (maanden).
    months: Vec<OpenYearMonth>,
    /// How many people were still at work some months after a placement (duurzaamheid).
    durability: Vec<OpenYearDurability>,
}

impl From<OpenYear> for OpenYearResponse {
    fn from(found: OpenYear) -> Self {
        let euros = |cents| Euros { cents };
        let group = |group: Option<NationalGroup>| group.map(|group| group.to_string());
        let month = |(month, cents): (NaiveDate, Option<i64>)| OpenYearMonth {
            month,
            approved: cents.map(euros),
            suppressed: cents.is_none(),
        };
        Self {
            municipality: found.municipality.id.to_string(),
            name: found.municipality.name,
            year: found.year,
            suppressed_below: BOUND,
            contracts: found.contracts,
            contractors: found.contractors,
            owed: found.fulfilment.map(|(owed, _)| euros(owed)),
            realised: found.fulfilment.map(|(_, realised)| euros(realised)),
            people: found.work.map(|(people, ..)| people),
            hours: found.work.map(|(_, hours, _)| euros(hours)),
            done: found.work.map(|(_, _, done)| euros(done)),
            approved: found.approved_cents.map(euros),
            done_otherwise: found.work.and(found.otherwise_cents).map(euros),
            target_groups: found
                .target_groups
                .into_iter()
                .map(|line| OpenYearLine::of(line, group))
                .collect(),
            districts: found
                .districts
                .into_iter()
                .map(|line| OpenYearLine::of(line, |name| name.filter(|name| !name.is_empty())))
                .collect(),
            sectors: found.sectors.into_iter().map(OpenYearSector::from).collect(),
            months: found.months.into_iter().map(month).collect(),
            durability: found.durability.into_iter().map(OpenYearDurability::from).collect(),
        }
    }
}

/// One number of a table, with what it is about.
type Told = (&'static str, String, &'static str, Option<Cell>);

impl OpenYearResponse {
    /// A row for each number: the table, the part, what is counted, and how much.
    pub(super) fn rows(&self, notation: Notation) -> Vec<Vec<String>> {
        let head = ["table", "part", "measure", "value", "suppressed"].map(str::to_owned).to_vec();
        let row = |(table, part, measure, value): Told| {
            let is_kept_back = value.is_none().to_string();
            let value = value.map(|cell| cell.guarded(notation)).unwrap_or_default();
            let part = Cell::Text(part).guarded(notation);
            vec![table.to_owned(), part, measure.to_owned(), value, is_kept_back]
        };
        [head].into_iter().chain(self.told().into_iter().map(row)).collect()
    }

    fn told(&self) -> Vec<Told> {
        let count = |count: Option<usize>| count.map(|count| Cell::Plain(count.to_string()));
        let amount = |euros: Option<Euros>| euros.map(|euros| Cell::Euros(Decimal::new(euros.cents, 2)));
        let mut told: Vec<Told> = vec![
            ("total", String::new(), "contracts", count(self.contracts)),
            ("total", String::new(), "contractors", count(self.contractors)),
            ("total", String::new(), "owed", amount(self.owed)),
            ("total", String::new(), "realised", amount(self.realised)),
            ("total", String::new(), "people", count(self.people)),
            ("total", String::new(), "hours", amount(self.hours)),
            ("total", String::new(), "done", amount(self.done)),
            ("total", String::new(), "approved", amount(self.approved)),
            ("total", String::new(), "done-otherwise", amount(self.done_otherwise)),
        ];
        for (table, lines) in [("target-group", &self.target_groups), ("district", &self.districts)] {
            for line in lines {
                let part = || line.part.clone().unwrap_or_default();
                told.push((table, part(), "people", count(line.people)));
                told.push((table, part(), "hours", amount(line.hours)));
                told.push((table, part(), "done", amount(line.done)));
            }
        }
        for sector in &self.sectors {
            told.push(("sector", sector.part.clone(), "owed", amount(sector.owed)));
            told.push(("sector", sector.part.clone(), "realised", amount(sector.realised)));
        }
        for month in &self.months {
            told.push(("month", month.month.to_string(), "approved", amount(month.approved)));
        }
        for line in &self.durability {
            let part = line.months_after.to_string();
            told.push(("durability", part.clone(), "people", count(line.people)));
            told.push(("durability", part, "at-work", count(line.at_work)));
        }
        told
    }
}
