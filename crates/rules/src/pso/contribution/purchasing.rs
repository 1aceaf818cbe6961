//! The indirect contribution: fte of the target group at work at suppliers, bought with one's orders.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::finding::{Finding, FindingCode};
use super::organisation::{Organisation, Supplier, SupplierKind};
use super::{Rule, Step, balanced_sum};
use crate::explaining::Terms;
use trede_base::exact::Exact;
use trede_base::money::Price;

/// Why a purchase does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeftOut {
    /// The order stands at workers too, and counts there as direct.
    AlreadyDirect,
    /// The supplier is neither PSO-certified nor a social workplace.
    DoesNotQualify,
    /// The supplier's turnover, fte or direct share is not given.
    DataMissing,
}

/// A purchase as counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedPurchase {
    /// The order.
    pub order: String,
    /// The supplier.
    pub supplier: String,
    /// Value in euros.
    pub value: Price,
    /// Purchased fte, or why it does not count.
    pub fte: Result<Step, LeftOut>,
}

/// All purchases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchasing {
    /// The purchases, in the order in which they were given.
    pub purchases: Vec<CountedPurchase>,
    /// The purchased fte together (F).
    pub fte: Step,
}

/// The suppliers by identifier.
pub(super) struct Suppliers<'a>(HashMap<&'a str, &'a Supplier>);

impl<'a> Suppliers<'a> {
    pub fn of(organisation: &'a Organisation) -> Self {
        Suppliers(organisation.suppliers.iter().map(|supplier| (supplier.id.as_str(), supplier)).collect())
    }

    pub fn get(&self, id: &str) -> Option<&'a Supplier> {
        self.0.get(id).copied()
    }

    /// The fte that a purchase of `value` buys.
    pub fn purchased(&self, id: &str, value: Price) -> Result<Step, LeftOut> {
        let supplier = self.get(id).ok_or(LeftOut::DataMissing)?;
        if supplier.kind == SupplierKind::Other {
            return Err(LeftOut::DoesNotQualify);
        }
        let known = KnownSupplier::of(supplier).ok_or(LeftOut::DataMissing)?;
        let value = Exact::from(value);
        let bought = value.times(&known.fte).times(&known.direct_share);
        let result = bought.over(&known.turnover.times(&Exact::HUNDRED)).ok_or(LeftOut::DataMissing)?;
        let terms = Terms::of([value, known.turnover, known.fte, known.direct_share]);
        Ok(Step { rule: Rule::PurchasedFte, terms, result: result.simplified() })
    }
}

/// A supplier of which all numbers are given.
pub(super) struct KnownSupplier {
    pub turnover: Exact,
    pub fte: Exact,
    /// In percent.
    pub direct_share: Exact,
}

impl KnownSupplier {
    pub fn of(supplier: &Supplier) -> Option<Self> {
        Some(KnownSupplier {
            turnover: supplier.turnover.filter(|turnover| !turnover.euros().is_zero())?.into(),
            fte: supplier.fte?.into(),
            direct_share: supplier.direct_share?.into(),
        })
    }

    /// Fte of the target group for each euro of turnover.
    pub fn fte_per_euro(&self) -> Exact {
        let social = self.fte.times(&self.direct_share);
        social.over(&self.turnover.times(&Exact::HUNDRED)).unwrap_or_default()
    }
}

/// Counts the purchases; what is missing and what a reader must know is added to the two lists.
pub(super) fn count(
    organisation: &Organisation,
    suppliers: &Suppliers,
    missing: &mut Vec<Finding>,
    warnings: &mut Vec<Finding>,
) -> Purchasing {
    let direct: HashSet<&str> =
        organisation.workers.iter().filter_map(|worker| worker.order.as_deref()).collect();
    let mut purchases = Vec::with_capacity(organisation.purchases.len());
    for (index, purchase) in organisation.purchases.iter().enumerate() {
        let fte = if direct.contains(purchase.order.as_str()) {
            let (code, place) = (FindingCode::OrderAlreadyDirect, format!("/purchases/{index}/order"));
            warnings.push(Finding::new(code, place, [purchase.order.clone()]));
            Err(LeftOut::AlreadyDirect)
        } else {
            suppliers.purchased(&purchase.supplier, purchase.value)
        };
        purchases.push(CountedPurchase {
            order: purchase.order.clone(),
            supplier: purchase.supplier.clone(),
            value: purchase.value,
            fte,
        });
    }
    tell(organisation, &purchases, missing, warnings);
    let fte = all_purchased(&purchases);
    Purchasing { purchases, fte }
}

/// The purchased fte of all purchases that count.
fn all_purchased(purchases: &[CountedPurchase]) -> Step {
    let counted = |purchase: &CountedPurchase| purchase.fte.as_ref().ok().map(|step| step.result.clone());
    // Purchases from one supplier have one denominator, so they are added first.
    let mut by_supplier: BTreeMap<&str, Vec<Exact>> = BTreeMap::new();
    for purchase in purchases {
        by_supplier.entry(&purchase.supplier).or_default().extend(counted(purchase));
    }
    let sums: Vec<Exact> = by_supplier.values().map(|parts| balanced_sum(parts)).collect();
    let terms = Terms::list(purchases.iter().filter_map(counted).collect());
    Step { rule: Rule::AllPurchasedFte, terms, result: balanced_sum(&sums) }
}

fn tell(
    organisation: &Organisation,
    purchases: &[CountedPurchase],
    missing: &mut Vec<Finding>,
    warnings: &mut Vec<Finding>,
) {
    let left_out: HashSet<(&str, LeftOut)> = purchases
        .iter()
        .filter_map(|purchase| Some((purchase.supplier.as_str(), *purchase.fte.as_ref().err()?)))
        .collect();
    let bought_from = |id: &str, why: LeftOut| left_out.contains(&(id, why));
    for (index, supplier) in organisation.suppliers.iter().enumerate() {
        let place = format!("/suppliers/{index}");
        if bought_from(&supplier.id, LeftOut::DoesNotQualify) {
            let code = FindingCode::NoQualifyingSupplier;
            warnings.push(Finding::new(code, place, [supplier.id.clone()]));
        } else if bought_from(&supplier.id, LeftOut::DataMissing) {
            missing.push(data_missing(supplier, place));
        }
    }
}

/// Which numbers of a supplier are not given.
fn data_missing(supplier: &Supplier, place: String) -> Finding {
    let absent = [
        (supplier.turnover.is_none(), "turnover", "de omzet"),
        (supplier.fte.is_none(), "fte", "het aantal fte"),
        (supplier.direct_share.is_none(), "direct share", "de directe bijdrage"),
    ];
    let absent = absent.iter().filter(|(absent, _, _)| *absent);
    let english: Vec<&str> = absent.clone().map(|(_, english, _)| *english).collect();
    let dutch: Vec<&str> = absent.map(|(_, _, dutch)| *dutch).collect();
    let details = [supplier.id.clone(), english.join(", "), dutch.join(", ")];
    Finding::new(FindingCode::SupplierDataMissing, place, details)
}
