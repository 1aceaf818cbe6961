//! What PSO-Nederland and TNO published: norms by size, and weights by position and contract type.
//!
//! Only published numbers stand here. What is known to exist but was not published has no weight or period,
//! and whoever needs it gives it as data.

use rust_decimal::Decimal;

use super::weight::{ContractType, CountingPeriod, Employment, Position, ThirtyPlusStanding};
use super::{Ladder, NormRow, NormTable, WeightTable};

/// The version of the published norms.
pub const PUBLISHED_NORMS: &str = "pso-normen-three-levels";

/// Versions of the published weights, oldest first.
pub const PUBLISHED_WEIGHTS: [&str; 2] = ["pso-manual-1.7", "pso-manual-1.9"];

/// Size in fte, and the norms of trede 1, 2 and 3 in tenths of a percent.
/// Source: pso-nederland.nl, pso-normen (undated). The full table has a row for each size from 2 to 105 fte
/// and one norm from there on; these rows are public. There is no column for the Basistrede.
const NORMS: [(i64, [i64; 3]); 17] = [
    (2, [214, 280, 330]),
    (5, [126, 170, 220]),
    (10, [67, 90, 155]),
    (15, [62, 80, 130]),
    (20, [57, 73, 108]),
    (25, [52, 66, 98]),
    (30, [47, 61, 89]),
    (35, [42, 56, 84]),
    (40, [37, 51, 79]),
    (45, [34, 46, 74]),
    (50, [30, 37, 68]),
    (60, [26, 34, 57]),
    (70, [23, 30, 51]),
    (80, [20, 26, 46]),
    (90, [17, 23, 42]),
    (100, [15, 21, 39]),
    (105, [14, 19, 37]),
];

impl NormTable {
    /// The published norms of a version; see [`PUBLISHED_NORMS`].
    #[must_use]
    pub fn published(version: &str) -> Option<Self> {
        if version != PUBLISHED_NORMS {
            return None;
        }
        let row = |(fte, tenths): &(i64, [i64; 3])| NormRow {
            fte: Decimal::from(*fte),
            percents: tenths.iter().map(|tenth| Decimal::new(*tenth, 1)).collect(),
        };
        let levels = ["trede-1", "trede-2", "trede-3"].map(str::to_owned);
        let ladder = Ladder::published("pso-2023")?;
        NormTable::new(
            version,
            "PSO-Nederland, pso-normen (undated; public rows only)",
            ladder,
            &levels,
            NORMS.iter().map(row).collect(),
        )
        .ok()
    }
}

/// Five years from inflow: Participatiewet, WWB, IOAW, IOAZ without wage-cost subsidy.
const FIVE_YEARS: CountingPeriod = CountingPeriod::Months(60);

/// Two years after the status was lost.
const TWO_YEARS: CountingPeriod = CountingPeriod::MonthsAfterLoss(24);

use CountingPeriod::{Unpublished, WhileItLasts};
use ThirtyPlusStanding::{Counts, Excluded, Unknown};

/// A position: code, Dutch name, weight in hundredths under manual 1.7 and under 1.9, period, 30+.
type PositionRow = (&'static str, &'static str, Option<i64>, Option<i64>, CountingPeriod, ThirtyPlusStanding);

/// Positions at inflow (positie bij instroom).
/// Source: PSO-Nederland, de-pso-doelgroep-voor-de-directe-sociale-bijdrage (manuals 1.6 and 1.7); manual 1.9
/// (news/1133) raised the weights of BBL/BOL 1 and 2 and of placements and brought in BBL/BOL 3 and 4, but
/// their weights were not published.
const POSITIONS: [PositionRow; 17] = [
    ("wsw", "Wsw-indicatie", Some(100), Some(100), WhileItLasts, Counts),
    (
        "participatiewet",
        "Participatiewet, WWB, IOAW of IOAZ zonder loonkostensubsidie",
        Some(100),
        Some(100),
        FIVE_YEARS,
        Counts,
    ),
    (
        "participatiewet-lks",
        "Participatiewet, WWB, IOAW of IOAZ met loonkostensubsidie",
        Some(100),
        Some(100),
        WhileItLasts,
        Counts,
    ),
    ("nug", "NUG die de gemeente voor social return aanvaardt", Some(100), Some(100), FIVE_YEARS, Counts),
    (
        "nug-lks",
        "NUG die de gemeente voor social return aanvaardt, met loonkostensubsidie",
        Some(100),
        Some(100),
        WhileItLasts,
        Counts,
    ),
    ("statushouder", "Statushouder", Some(100), Some(100), FIVE_YEARS, Counts),
    ("statushouder-lks", "Statushouder met loonkostensubsidie", Some(100), Some(100), WhileItLasts, Counts),
    ("wao-wia-waz", "WAO, WIA of WAZ", Some(100), Some(100), Unpublished, Counts),
    ("wajong", "Wajong", Some(100), Some(100), Unpublished, Counts),
    (
        "doelgroepregister",
        "Andere inschrijving in het doelgroepregister",
        Some(100),
        Some(100),
        Unpublished,
        Counts,
    ),
    ("status-lost", "Status in de laatste twee jaar verloren", Some(100), Some(100), TWO_YEARS, Counts),
    ("vso-pro", "VSO of PrO", Some(100), Some(100), Unpublished, Counts),
    (
        "vso-pro-placement",
        "VSO of PrO op een werkplek tijdens de opleiding",
        Some(50),
        None,
        WhileItLasts,
        Excluded,
    ),
    ("bbl-bol-1", "BBL of BOL niveau 1 op een leerwerkplek", Some(50), None, WhileItLasts, Excluded),
    ("bbl-bol-2", "BBL of BOL niveau 2 op een leerwerkplek", Some(25), None, WhileItLasts, Excluded),
    ("bbl-bol-3-4", "BBL of BOL niveau 3 of 4 op een leerwerkplek", None, None, WhileItLasts, Unknown),
    ("ww", "WW", Some(75), Some(75), Unpublished, Counts),
];

/// Contract types: code, Dutch name, weight in hundredths, employment.
/// Source: PSO-Nederland, directe-sociale-bijdrage; 30-abw-certificaat for the employment.
const CONTRACTS: [(&str, &str, i64, Employment); 9] = [
    ("regular", "Regulier dienstverband, vast of tijdelijk", 100, Employment::OwnPayroll),
    ("supported-employment", "Begeleid werken", 100, Employment::OwnPayroll),
    ("secondment", "Detachering", 90, Employment::Secondment),
    ("flex", "Andere flexibele arbeid", 90, Employment::Other),
    ("internship", "Stage", 75, Employment::Other),
    ("work-experience", "Werkervaringsplaats", 75, Employment::Other),
    ("re-integration", "Re-integratietraject", 75, Employment::Other),
    ("trial-placement", "Proefplaatsing", 50, Employment::Other),
    ("sw-seconded-out", "SW-medewerker die elders gedetacheerd is", 0, Employment::Other),
];

impl WeightTable {
    /// The published weights of a version; see [`PUBLISHED_WEIGHTS`].
    #[must_use]
    pub fn published(version: &str) -> Option<Self> {
        let newest = match version {
            "pso-manual-1.7" => false,
            "pso-manual-1.9" => true,
            _ => return None,
        };
        let hundredths = |weight: i64| Decimal::new(weight, 2);
        let position = |(code, name, older, newer, period, thirty_plus): &PositionRow| Position {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            // Manual 1.7 did not know BBL/BOL 3 and 4 at all.
            weight: if newest { *newer } else { *older }.map(hundredths),
            period: *period,
            thirty_plus: *thirty_plus,
            given: false,
        };
        let known = |row: &&PositionRow| newest || row.2.is_some();
        let contract = |(code, name, weight, employment): &(&str, &str, i64, Employment)| ContractType {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            weight: Some(hundredths(*weight)),
            employment: *employment,
            given: false,
        };
        Some(WeightTable::of(
            version,
            "PSO-Nederland, de-pso-doelgroep-voor-de-directe-sociale-bijdrage and directe-sociale-bijdrage",
            POSITIONS.iter().filter(known).map(position).collect(),
            CONTRACTS.iter().map(contract).collect(),
        ))
    }
}
