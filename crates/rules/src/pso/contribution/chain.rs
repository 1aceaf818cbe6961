//! Ketenstimulatie: what another supplier would do for an order, and the chain two links deep.

use std::collections::HashMap;

use super::measure::Measure;
use super::organisation::{Alternative, Organisation};
use super::purchasing::{LeftOut, Purchasing, Suppliers};
use super::{Rule, Step};
use crate::explaining::Terms;
use trede_base::exact::Exact;

/// What becomes of the contribution when an order goes to another supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternativeEffect {
    /// The order.
    pub order: String,
    /// The supplier that has it now.
    pub from: String,
    /// The other supplier.
    pub to: String,
    /// What the order buys from the other supplier, or why that does not count.
    pub fte: Result<Step, LeftOut>,
    /// The purchased fte of all orders then.
    pub purchased: Exact,
    /// The contributions then.
    pub measure: Measure,
}

/// What becomes of the contribution with `alternative`; `measured` makes contributions from purchased fte.
pub(super) fn effect(
    alternative: &Alternative,
    purchasing: &Purchasing,
    suppliers: &Suppliers,
    measured: impl Fn(&Exact) -> Measure,
) -> Option<AlternativeEffect> {
    let order = purchasing.purchases.iter().find(|purchase| purchase.order == alternative.order)?;
    let fte = match order.fte {
        Err(LeftOut::AlreadyDirect) => Err(LeftOut::AlreadyDirect),
        _ => suppliers.purchased(&alternative.supplier, order.value),
    };
    let bought = |fte: &Result<Step, LeftOut>| fte.as_ref().map_or(Exact::ZERO, |step| step.result.clone());
    let purchased = purchasing.fte.result.minus(&bought(&order.fte)).plus(&bought(&fte)).simplified();
    Some(AlternativeEffect {
        order: alternative.order.clone(),
        from: order.supplier.clone(),
        to: alternative.supplier.clone(),
        fte,
        measure: measured(&purchased),
        purchased,
    })
}

/// What a supplier buys itself, and our share in that. It is told and never added to our own contribution:
/// an indirect contribution is not passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondLink {
    /// The order.
    pub order: String,
    /// The supplier that buys.
    pub buyer: String,
    /// The supplier behind it.
    pub supplier: String,
    /// What the order buys, or why it does not count.
    pub fte: Result<Step, LeftOut>,
    /// Our share in it; none when it does not count, or when we buy nothing from the buyer.
    pub ours: Option<Step>,
}

/// The second links of the chain, in the order in which they were given.
pub(super) fn second_links(
    organisation: &Organisation,
    purchasing: &Purchasing,
    suppliers: &Suppliers,
) -> Vec<SecondLink> {
    let bought = bought(purchasing);
    let links = organisation.supplier_purchases.iter();
    links
        .map(|link| {
            let fte = suppliers.purchased(&link.purchase.supplier, link.purchase.value);
            let ours = fte.as_ref().ok().and_then(|fte| ours(&link.buyer, fte, &bought, suppliers));
            SecondLink {
                order: link.purchase.order.clone(),
                buyer: link.buyer.clone(),
                supplier: link.purchase.supplier.clone(),
                fte,
                ours,
            }
        })
        .collect()
}

/// What we buy from each supplier, in euros; an order that counts as direct is no purchase.
fn bought(purchasing: &Purchasing) -> HashMap<&str, Exact> {
    let mut values: HashMap<&str, Vec<Exact>> = HashMap::new();
    for purchase in &purchasing.purchases {
        if purchase.fte != Err(LeftOut::AlreadyDirect) {
            values.entry(&purchase.supplier).or_default().push(purchase.value.into());
        }
    }
    values.into_iter().map(|(supplier, values)| (supplier, Exact::sum(&values))).collect()
}

fn ours(buyer: &str, fte: &Step, bought: &HashMap<&str, Exact>, suppliers: &Suppliers) -> Option<Step> {
    let value = bought.get(buyer)?.clone();
    let turnover = Exact::from(suppliers.get(buyer)?.turnover?);
    let result = value.times(&fte.result).over(&turnover)?.simplified();
    let terms = Terms::of([value, turnover, fte.result.clone()]);
    result.is_positive().then_some(Step { rule: Rule::SecondLink, terms, result })
}
