//! The social contribution of an organisation (sociale bijdrage), measured as PSO does: direct by people of
//! the target group at work, indirect by purchases, against the norms by size.
//!
//! An indicative self-check, never a certificate.

mod chain;
mod check;
mod distance;
mod finding;
mod measure;
mod organisation;
mod purchasing;
mod rule;
mod thirty_plus;
mod workforce;

pub use chain::{AlternativeEffect, SecondLink};
pub use check::is_identifier;
pub use distance::{Distance, PurchasingRoute, SupplierRoute};
pub use finding::{Finding, FindingCode};
pub use measure::{Measure, Reached};
pub use organisation::{
    Alternative, FULL_TIME_HOURS, Organisation, Purchase, Supplier, SupplierKind, SupplierPurchase,
    ThirtyPlusMeasure, ThirtyPlusPolicy, Worker,
};
pub use purchasing::{CountedPurchase, LeftOut, Purchasing};
pub use rule::Rule;
pub use thirty_plus::{NotCounted, ThirtyPlus};
pub use workforce::{CountedWorker, Workforce};

use super::{LevelRank, Norm, NormSource, NormTable, WeightTable};
use crate::explaining as explanation;
use trede_base::exact::{Exact, Half};

/// Decimals of a number in the text of a finding.
const TOLD_DECIMALS: u32 = 4;

/// A step of the calculation.
pub type Step = explanation::Step<Rule>;

/// A contribution, measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The target group at work.
    pub workforce: Workforce,
    /// The purchases.
    pub purchasing: Purchasing,
    /// Direct, indirect and total contribution, and the level reached.
    pub measure: Measure,
    /// The norms for the size of the organisation, lowest level first.
    pub norms: Vec<Norm>,
    /// The distance to each level that is not reached.
    pub distances: Vec<Distance>,
    /// PSO 30+, when a policy says how it is measured.
    pub thirty_plus: Option<ThirtyPlus>,
    /// What becomes of the contribution when orders go to other suppliers.
    pub alternatives: Vec<AlternativeEffect>,
    /// What suppliers buy from each other.
    pub second_links: Vec<SecondLink>,
    /// What is not published or not given, and what that left out.
    pub missing: Vec<Finding>,
    /// What a reader must know.
    pub warnings: Vec<Finding>,
}

/// A step and what it is about: a worker, an order, a supplier or a level.
pub type PlacedStep<'a> = (Option<String>, &'a Step);

/// Measures the contribution of an organisation against norms, with weights.
///
/// # Errors
/// Everything that is wrong with the data, each with its place.
pub fn contribution(
    organisation: &Organisation,
    table: &NormTable,
    weights: &WeightTable,
) -> Result<Contribution, Vec<Finding>> {
    let errors = check::check(organisation, table, weights);
    let norms = match table.norms_at(organisation.total_fte) {
        Some(norms) if errors.is_empty() => norms,
        _ => return Err(errors),
    };
    let (mut missing, mut warnings) = (Vec::new(), Vec::new());
    let workforce = workforce::count(organisation, weights, &mut missing, &mut warnings);
    refuse_more_than_total(organisation, &workforce)?;
    let suppliers = purchasing::Suppliers::of(organisation);
    let purchasing = purchasing::count(organisation, &suppliers, &mut missing, &mut warnings);
    let fte = Exact::from(organisation.total_fte);
    let weighted = &workforce.weighted_fte.result;
    let measured = |purchased: &Exact| Measure::of(weighted, purchased, &fte, &norms, table);
    let purchased = &purchasing.fte.result;
    let measure = measured(purchased);
    let on_highest_level = table.levels().last().map(|level| Reached::Level(*level)) == Some(measure.level);
    let thirty_plus = match organisation.thirty_plus {
        Some(policy) => Some(
            thirty_plus::share(policy, organisation, &workforce, weights, on_highest_level, &mut missing)
                .map_err(|finding| vec![finding])?,
        ),
        None => None,
    };
    let alternatives = organisation.alternatives.iter();
    let alternatives = alternatives
        .filter_map(|alternative| chain::effect(alternative, &purchasing, &suppliers, measured))
        .collect();
    let second_links = chain::second_links(organisation, &purchasing, &suppliers);
    let distances = distance::distances(organisation, &suppliers, &measure, purchased, &norms);
    let mut contribution = Contribution {
        workforce,
        purchasing,
        measure,
        norms,
        distances,
        thirty_plus,
        alternatives,
        second_links,
        missing,
        warnings,
    };
    contribution.tell(organisation, table);
    Ok(contribution)
}

fn refuse_more_than_total(organisation: &Organisation, workforce: &Workforce) -> Result<(), Vec<Finding>> {
    let parts: Vec<Exact> = workforce.workers.iter().map(|worker| worker.fte.clone()).collect();
    let sum = balanced_sum(&parts);
    if sum <= Exact::from(organisation.total_fte) {
        return Ok(());
    }
    let total = organisation.total_fte.normalize().to_string();
    let sum = sum.rounded(TOLD_DECIMALS, Half::Up).shown();
    let details = [sum, total, "fte".to_owned(), "fte".to_owned()];
    Err(vec![Finding::new(FindingCode::MoreThanTotal, "/organisation/totalFte", details)])
}

impl Contribution {
    /// Every step of the calculation, in the order in which a reader can redo it.
    #[must_use]
    pub fn steps(&self, table: &NormTable) -> Vec<PlacedStep<'_>> {
        let code = |level: LevelRank| Some(table.ladder().code_of(level).to_owned());
        let workers = self.workforce.workers.iter();
        let mut steps: Vec<PlacedStep> = workers
            .filter_map(|worker| Some((Some(worker.reference.clone()), worker.weighted.as_ref()?)))
            .collect();
        steps.push((None, &self.workforce.weighted_fte));
        steps.push((None, &self.measure.direct));
        let counted = |purchase: &'_ CountedPurchase| Some(purchase.order.clone());
        let purchases = self.purchasing.purchases.iter();
        steps.extend(purchases.filter_map(|purchase| Some((counted(purchase), purchase.fte.as_ref().ok()?))));
        steps.push((None, &self.purchasing.fte));
        steps.push((None, &self.measure.indirect));
        steps.push((None, &self.measure.counted_indirect));
        steps.push((None, &self.measure.total));
        steps.extend(self.measure.direct_share.iter().map(|step| (None, step)));
        steps.extend(self.norms.iter().map(|norm| (code(norm.level), &norm.percent)));
        for distance in &self.distances {
            steps.push((code(distance.level), &distance.direct_fte));
            if let PurchasingRoute::Purchases { fte, suppliers } = &distance.purchasing {
                steps.push((code(distance.level), fte));
                let about = |route: &SupplierRoute| {
                    format!("{}, {}", table.ladder().code_of(distance.level), route.supplier)
                };
                steps.extend(suppliers.iter().map(|route| (Some(about(route)), &route.euros)));
            }
        }
        steps.extend(self.thirty_plus.iter().map(|thirty_plus| (None, &thirty_plus.share)));
        let links = self.second_links.iter();
        steps.extend(links.filter_map(|link| Some((Some(link.order.clone()), link.ours.as_ref()?))));
        steps
    }

    fn tell(&mut self, organisation: &Organisation, table: &NormTable) {
        let size = organisation.total_fte.normalize().to_string();
        if !self.workforce.has_somebody_at_work() {
            self.warnings.push(Finding::new(FindingCode::NobodyAtWork, "/workers", []));
        }
        let cut_off = self.measure.cut_off();
        if cut_off.is_positive() {
            let points = cut_off.rounded(TOLD_DECIMALS, Half::Up).shown();
            self.warnings.push(Finding::new(FindingCode::IndirectCutOff, "/purchases", [points]));
        }
        if self.norms.iter().any(|norm| norm.source == NormSource::Interpolated) {
            let place = "/organisation/totalFte";
            self.warnings.push(Finding::new(FindingCode::InterpolatedNorms, place, [size]));
        }
        if self.measure.level == Reached::Unknown {
            let levels = table.levels_without_norm().join(", ");
            self.missing.push(Finding::new(FindingCode::LevelUnknown, "/norms", [levels]));
        }
    }
}

/// The sum of many fractions, by halves: so the numbers stay small as long as they can.
fn balanced_sum(numbers: &[Exact]) -> Exact {
    const FEW: usize = 8;
    if numbers.len() <= FEW {
        return Exact::sum(numbers).simplified();
    }
    let (left, right) = numbers.split_at(numbers.len() / 2);
    balanced_sum(left).plus(&balanced_sum(right)).simplified()
}
