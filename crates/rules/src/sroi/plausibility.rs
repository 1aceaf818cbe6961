//! Plausibility (aannemelijkheid): what a reader should ask about. Never a default, never a correction.

use rust_decimal::Decimal;

use super::finding::FindingCode as Code;
use super::valuation::Valuation;
use super::value_map::{DropOff, Outcome, ValueMap};
use super::{SroiFinding, SroiFinding as Finding};
use trede_base::exact::{Exact, Half};
use trede_base::share::Share;

/// From the 10th to the 90th percentile of 383 published SROI reports, in percent.
const DEADWEIGHT: (i64, i64) = (5, 50);
const ATTRIBUTION: (i64, i64) = (10, 53);
const DROP_OFF: (i64, i64) = (10, 50);

/// The same for the ratio, in tenths.
const RATIO_TENTHS: (i64, i64) = (13, 102);

impl ValueMap {
    /// What a reader of the valuation should ask about.
    #[must_use]
    pub fn warnings(&self, valuation: &Valuation) -> Vec<SroiFinding> {
        let mut found = Vec::new();
        for (index, outcome) in self.outcomes.iter().enumerate() {
            let place = format!("/outcomes/{index}");
            self.warn_of_prices(&mut found, &place, outcome);
            unusual(&mut found, &place, "deadweight", outcome, outcome.deadweight.share, DEADWEIGHT);
            unusual(&mut found, &place, "attribution", outcome, outcome.attribution.share, ATTRIBUTION);
            if let DropOff::Yearly(reduction) = &outcome.drop_off {
                unusual(&mut found, &place, "dropOff", outcome, reduction.share, DROP_OFF);
            }
            for other in self.outcomes.iter().take(index) {
                covered_twice(&mut found, &place, other, outcome);
            }
        }
        warn_of_ratio(&mut found, valuation.ratio.as_ref());
        found
    }

    fn warn_of_prices(&self, found: &mut Vec<Finding>, place: &str, outcome: &Outcome) {
        let (own, of_study) = (outcome.proxy.price_year, self.study.price_year);
        if own != of_study {
            let details = [outcome.id.clone(), own.to_string(), of_study.to_string()];
            found.push(Finding::new(Code::PriceYearDiffers, format!("{place}/proxy/priceYear"), details));
        }
    }
}

fn unusual(
    found: &mut Vec<Finding>,
    place: &str,
    name: &str,
    outcome: &Outcome,
    share: Share,
    (from, to): (i64, i64),
) {
    let percent = share.percent();
    if percent < Exact::from(Decimal::from(from)) || percent > Exact::from(Decimal::from(to)) {
        let details =
            [name.to_owned(), outcome.id.clone(), percent.shown(), from.to_string(), to.to_string()];
        found.push(Finding::new(Code::UnusualShare, format!("{place}/{name}"), details));
    }
}

fn covered_twice(found: &mut Vec<Finding>, place: &str, earlier: &Outcome, outcome: &Outcome) {
    if earlier.stakeholder != outcome.stakeholder {
        return;
    }
    for covered in outcome.proxy.covers.iter().filter(|covered| earlier.proxy.covers.contains(covered)) {
        let details = [earlier.id.clone(), outcome.id.clone(), covered.clone(), outcome.stakeholder.clone()];
        found.push(Finding::new(Code::CoveredTwice, format!("{place}/proxy/covers"), details));
    }
}

fn warn_of_ratio(found: &mut Vec<Finding>, ratio: Option<&Exact>) {
    let Some(ratio) = ratio else {
        found.push(Finding::new(Code::NoInputs, "/inputs", []));
        return;
    };
    let (least, most) = RATIO_TENTHS;
    let [least, most] = [least, most].map(|tenths| Exact::from(Decimal::new(tenths, 1)));
    if *ratio < least || *ratio > most {
        let details = [ratio.rounded(2, Half::Up).shown(), least.shown(), most.shown()];
        found.push(Finding::new(Code::UnusualRatio, "", details));
    }
}
