//! How far the next levels are: in fte of the target group, and in euros of social purchasing.

use rust_decimal::Decimal;

use super::measure::{INDIRECT_PER_DIRECT, Measure};
use super::organisation::{Organisation, Supplier, SupplierKind};
use super::purchasing::{KnownSupplier, Suppliers};
use super::{Rule, Step};
use crate::explaining::Terms;
use crate::pso::{LevelRank, Norm};
use trede_base::exact::Exact;

/// How far a level is that the contribution does not reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distance {
    /// The level.
    pub level: LevelRank,
    /// Percent points that the total lies below the norm.
    pub short: Exact,
    /// Weighted fte of the target group that are still needed in the organisation itself, with the total fte
    /// and the purchases unchanged: one person with weights of 1 in full-time work is 1.
    pub direct_fte: Step,
    /// Whether purchases alone can reach the level, and from whom.
    pub purchasing: PurchasingRoute,
}

/// Whether purchases alone can reach a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PurchasingRoute {
    /// They cannot: with the 80/20 rule a total of five times the direct contribution is the most.
    DirectTooLow,
    /// They can, with this many more purchased fte.
    Purchases {
        /// The fte still to be purchased.
        fte: Step,
        /// What that takes from each supplier that is assumed.
        suppliers: Vec<SupplierRoute>,
    },
}

/// What a level takes from one supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierRoute {
    /// The supplier assumed.
    pub supplier: String,
    /// Euros, exact.
    pub euros: Step,
    /// Euros, up to the cent.
    pub payable: Option<Decimal>,
    /// Whether it is more than the supplier's turnover leaves.
    pub above_turnover: bool,
}

/// The distance to each level that is not reached, nearest first.
pub(super) fn distances(
    organisation: &Organisation,
    suppliers: &Suppliers,
    measure: &Measure,
    purchased: &Exact,
    norms: &[Norm],
) -> Vec<Distance> {
    let fte = Exact::from(organisation.total_fte);
    let assumed = assumed(organisation, suppliers);
    let total = &measure.total.result;
    let beyond = norms.iter().filter(|norm| *total < norm.percent.result);
    beyond
        .map(|norm| Distance {
            level: norm.level,
            short: norm.percent.result.minus(total),
            direct_fte: direct_fte(&norm.percent.result, measure, &fte),
            purchasing: purchasing(&norm.percent.result, measure, &fte, purchased, &assumed),
        })
        .collect()
}

/// Total ≥ n needs direct + indirect ≥ n and, by the 80/20 rule, 5 × direct ≥ n.
fn direct_fte(norm: &Exact, measure: &Measure, fte: &Exact) -> Step {
    let (direct, indirect) = (&measure.direct.result, &measure.indirect.result);
    let fifth = norm.over(&Exact::from(INDIRECT_PER_DIRECT + 1)).unwrap_or_default();
    let needed = norm.minus(indirect);
    let more = needed.at_least(&fifth).minus(direct);
    let result = more.times(fte).over(&Exact::HUNDRED).unwrap_or_default().simplified();
    let terms = Terms::of([norm.clone(), indirect.clone(), direct.clone(), fte.clone()]);
    Step { rule: Rule::DirectFteShort, terms, result }
}

fn purchasing(
    norm: &Exact,
    measure: &Measure,
    fte: &Exact,
    purchased: &Exact,
    assumed: &[Assumed],
) -> PurchasingRoute {
    let direct = &measure.direct.result;
    if direct.times(&Exact::from(INDIRECT_PER_DIRECT + 1)) < *norm {
        return PurchasingRoute::DirectTooLow;
    }
    let needed = norm.minus(direct);
    let Some(all) = fte.times(&needed).over(&Exact::HUNDRED.minus(&needed)) else {
        return PurchasingRoute::DirectTooLow;
    };
    let more = all.minus(purchased).simplified();
    let suppliers = assumed.iter().filter_map(|supplier| supplier.route(&more)).collect();
    let terms = Terms::of([fte.clone(), norm.clone(), direct.clone(), purchased.clone()]);
    PurchasingRoute::Purchases { fte: Step { rule: Rule::PurchasedFteShort, terms, result: more }, suppliers }
}

/// A supplier of which the distance is told.
struct Assumed<'a> {
    id: &'a str,
    known: KnownSupplier,
    /// What its turnover leaves after all purchases that are given.
    left: Exact,
}

impl Assumed<'_> {
    fn route(&self, fte: &Exact) -> Option<SupplierRoute> {
        let social = self.known.fte.times(&self.known.direct_share).over(&Exact::HUNDRED)?;
        let euros = fte.times(&self.known.turnover).over(&social)?.simplified();
        let KnownSupplier { turnover, fte: size, direct_share } = &self.known;
        let terms = Terms::of([fte.clone(), turnover.clone(), size.clone(), direct_share.clone()]);
        let payable = euros.negated().floor_hundredths().and_then(i64::checked_neg);
        Some(SupplierRoute {
            supplier: self.id.to_owned(),
            payable: payable.map(|cents| Decimal::new(cents, 2)),
            above_turnover: euros > self.left,
            euros: Step { rule: Rule::PurchaseShort, terms, result: euros },
        })
    }
}

fn assumed<'a>(organisation: &'a Organisation, suppliers: &Suppliers<'a>) -> Vec<Assumed<'a>> {
    let usable = |supplier: &'a Supplier| {
        let known = KnownSupplier::of(supplier).filter(|_| supplier.kind != SupplierKind::Other)?;
        known.fte_per_euro().is_positive().then_some((supplier.id.as_str(), known))
    };
    let chosen: Vec<(&str, KnownSupplier)> = if organisation.assumed_suppliers.is_empty() {
        let all = organisation.suppliers.iter().filter_map(usable);
        // Of equals the first given is taken.
        all.rev().max_by_key(|(_, known)| known.fte_per_euro()).into_iter().collect()
    } else {
        let named = organisation.assumed_suppliers.iter().filter_map(|id| suppliers.get(id));
        named.filter_map(usable).collect()
    };
    let assumed = chosen.into_iter().map(|(id, known)| {
        let left = known.turnover.minus(&sold(organisation, id));
        Assumed { id, known, left }
    });
    assumed.collect()
}

fn sold(organisation: &Organisation, supplier: &str) -> Exact {
    let links = organisation.supplier_purchases.iter().map(|link| &link.purchase);
    let all = organisation.purchases.iter().chain(links);
    let from: Vec<Exact> =
        all.filter(|purchase| purchase.supplier == supplier).map(|purchase| purchase.value.into()).collect();
    Exact::sum(&from)
}
