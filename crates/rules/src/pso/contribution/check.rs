//! Checks of an organisation's data before anything is measured, each with its place.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::finding::{Finding, FindingCode};
use super::organisation::{Organisation, Purchase, Supplier, Worker};
use crate::pso::{NormTable, WeightTable};
use trede_base::exact::Exact;

/// The largest organisation that is measured, in fte.
const MAX_FTE: i64 = 10_000_000;
/// Hours in a week: nobody works more.
const MAX_HOURS: i64 = 168;
/// The longest full-time week.
const MAX_FULL_TIME: i64 = 60;
/// What a list holds at most, so that one request cannot keep a server busy.
const MAX_WORKERS: usize = 20_000;
const MAX_SUPPLIERS: usize = 1_000;
const MAX_PURCHASES: usize = 10_000;
const MAX_QUESTIONS: usize = 10;
/// Decimals of full-time norms and months, and of hours, fte and shares.
const SHORT: u32 = 2;
const LONG: u32 = 6;

/// Everything that is wrong with the data.
pub(super) fn check(organisation: &Organisation, norms: &NormTable, weights: &WeightTable) -> Vec<Finding> {
    let mut checker = Checker { organisation, found: Vec::new() };
    checker.lengths();
    if checker.found.is_empty() {
        checker.size(norms);
        checker.workers(weights);
        checker.suppliers();
        checker.purchases();
        checker.turnovers();
        checker.questions();
    }
    checker.found
}

/// Whether a text is an identifier of an order, supplier, position or contract type.
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
    text.len() <= 64
        && text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && text.bytes().all(inner)
}

struct Checker<'a> {
    organisation: &'a Organisation,
    found: Vec<Finding>,
}

impl<'a> Checker<'a> {
    fn error<const N: usize>(&mut self, code: FindingCode, place: impl Into<String>, details: [String; N]) {
        self.found.push(Finding::new(code, place, details));
    }

    fn lengths(&mut self) {
        let organisation = self.organisation;
        for (name, length, most) in [
            ("workers", organisation.workers.len(), MAX_WORKERS),
            ("suppliers", organisation.suppliers.len(), MAX_SUPPLIERS),
            ("purchases", organisation.purchases.len(), MAX_PURCHASES),
            ("supplierPurchases", organisation.supplier_purchases.len(), MAX_PURCHASES),
            ("alternatives", organisation.alternatives.len(), MAX_QUESTIONS),
            ("assumedSuppliers", organisation.assumed_suppliers.len(), MAX_QUESTIONS),
        ] {
            if length > most {
                let details = [length.to_string(), most.to_string()];
                self.error(FindingCode::TooMany, format!("/{name}"), details);
            }
        }
    }

    fn number(&mut self, place: String, number: Decimal, (from, to): (i64, i64), decimals: u32) {
        if number < Decimal::from(from) || number > Decimal::from(to) {
            self.error(FindingCode::OutOfRange, place, [from.to_string(), to.to_string()]);
        } else if number.normalize().scale() > decimals {
            self.error(FindingCode::TooManyDecimals, place, [decimals.to_string()]);
        }
    }

    fn identifier(&mut self, place: String, id: &str) {
        if !is_identifier(id) {
            self.error(FindingCode::InvalidId, place, []);
        }
    }

    fn kvk(&mut self, place: &str, number: Option<&String>) {
        if number.is_some_and(|n| n.len() != 8 || !n.bytes().all(|digit| digit.is_ascii_digit())) {
            self.error(FindingCode::InvalidKvk, place, []);
        }
    }

    fn size(&mut self, norms: &NormTable) {
        let fte = self.organisation.total_fte;
        let smallest = norms.smallest_size();
        self.kvk("/organisation/kvkNumber", self.organisation.kvk_number.as_ref());
        if fte >= Decimal::ZERO && fte < smallest {
            let details = [fte, smallest].map(|size| size.normalize().to_string());
            self.error(FindingCode::SizeBelowNorms, "/organisation/totalFte", details);
        } else {
            self.number("/organisation/totalFte".to_owned(), fte, (0, MAX_FTE), LONG);
        }
    }

    fn workers(&mut self, weights: &WeightTable) {
        let workers = &self.organisation.workers;
        self.unique(workers.iter().map(|worker| worker.reference.as_str()), "workers", "reference");
        for (index, worker) in workers.iter().enumerate() {
            self.worker(&format!("/workers/{index}"), worker, weights);
        }
    }

    fn worker(&mut self, place: &str, worker: &Worker, weights: &WeightTable) {
        let version = weights.version().to_owned();
        if weights.position(&worker.position).is_none() {
            let known: Vec<&str> = weights.positions().iter().map(|known| known.code.as_str()).collect();
            let details = [shortened(&worker.position), version.clone(), known.join(", ")];
            self.error(FindingCode::UnknownPosition, format!("{place}/position"), details);
        }
        if weights.contract(&worker.contract).is_none() {
            let known: Vec<&str> = weights.contracts().iter().map(|known| known.code.as_str()).collect();
            let details = [shortened(&worker.contract), version, known.join(", ")];
            self.error(FindingCode::UnknownContract, format!("{place}/contract"), details);
        }
        self.number(format!("{place}/hoursPerWeek"), worker.hours, (0, MAX_HOURS), LONG);
        self.number(format!("{place}/fullTimeHours"), worker.full_time, (1, MAX_FULL_TIME), SHORT);
        self.number(format!("{place}/months"), worker.months, (0, 12), SHORT);
        if let Some(order) = &worker.order {
            self.identifier(format!("{place}/order"), order);
        }
        let dated = worker.counts_from.is_some() || worker.counts_until.is_some();
        if dated && self.organisation.reference_year_from.is_none() {
            self.error(FindingCode::ReferenceYearMissing, place, []);
        }
        if worker.counts_from.zip(worker.counts_until).is_some_and(|(from, until)| until < from) {
            self.error(FindingCode::PeriodReversed, format!("{place}/countsUntil"), []);
        }
    }

    fn unique(&mut self, ids: impl Iterator<Item = &'a str>, list: &str, field: &str) {
        let mut seen = HashSet::new();
        for (index, id) in ids.enumerate() {
            if !seen.insert(id) {
                let place = format!("/{list}/{index}/{field}");
                self.error(FindingCode::DuplicateId, place, [shortened(id)]);
            }
        }
    }

    fn suppliers(&mut self) {
        let suppliers = &self.organisation.suppliers;
        self.unique(suppliers.iter().map(|supplier| supplier.id.as_str()), "suppliers", "id");
        let mut numbers = HashSet::new();
        for (index, supplier) in suppliers.iter().enumerate() {
            let place = format!("/suppliers/{index}");
            self.supplier(&place, supplier);
            let Some(number) = &supplier.kvk_number else { continue };
            let place = format!("{place}/kvkNumber");
            if self.organisation.kvk_number.as_ref() == Some(number) {
                self.error(FindingCode::OwnSupplier, place, []);
            } else if !numbers.insert(number) {
                self.error(FindingCode::DuplicateId, place, [shortened(number)]);
            }
        }
    }

    fn supplier(&mut self, place: &str, supplier: &Supplier) {
        self.identifier(format!("{place}/id"), &supplier.id);
        self.kvk(&format!("{place}/kvkNumber"), supplier.kvk_number.as_ref());
        if supplier.turnover.is_some_and(|turnover| turnover.euros().is_zero()) {
            let details = ["0.01", "10000000000000.00"].map(str::to_owned);
            self.error(FindingCode::OutOfRange, format!("{place}/turnover"), details);
        }
        if let Some(fte) = supplier.fte {
            self.number(format!("{place}/fte"), fte, (0, MAX_FTE), LONG);
        }
        if let Some(share) = supplier.direct_share {
            self.number(format!("{place}/directSharePercent"), share, (0, 100), LONG);
        }
    }

    fn knows(&self, supplier: &str) -> bool {
        self.organisation.suppliers.iter().any(|known| known.id == supplier)
    }

    fn purchases(&mut self) {
        let organisation = self.organisation;
        let known: HashSet<&str> =
            organisation.suppliers.iter().map(|supplier| supplier.id.as_str()).collect();
        let own = organisation.purchases.iter().enumerate();
        let own = own.map(|(index, purchase)| (format!("/purchases/{index}"), purchase));
        let chain = organisation.supplier_purchases.iter().enumerate();
        let chain = chain.map(|(index, link)| (format!("/supplierPurchases/{index}"), &link.purchase));
        let mut orders = HashSet::new();
        for (place, purchase) in own.chain(chain) {
            let Purchase { order, supplier, .. } = purchase;
            self.identifier(format!("{place}/order"), order);
            if !orders.insert(order) {
                self.error(FindingCode::DuplicateId, format!("{place}/order"), [shortened(order)]);
            }
            if !known.contains(supplier.as_str()) {
                let details = [shortened(supplier)];
                self.error(FindingCode::UnknownSupplier, format!("{place}/supplier"), details);
            }
        }
        for (index, link) in organisation.supplier_purchases.iter().enumerate() {
            let place = format!("/supplierPurchases/{index}/buyer");
            if !known.contains(link.buyer.as_str()) {
                self.error(FindingCode::UnknownSupplier, place, [shortened(&link.buyer)]);
            } else if link.buyer == link.purchase.supplier {
                self.error(FindingCode::OwnSupplier, place, []);
            }
        }
    }

    /// What all buyers together buy from a supplier is part of its turnover, so nobody's fte count twice.
    fn turnovers(&mut self) {
        let organisation = self.organisation;
        let links = organisation.supplier_purchases.iter().map(|link| &link.purchase);
        let mut sold: HashMap<&str, Exact> = HashMap::new();
        for purchase in organisation.purchases.iter().chain(links) {
            let sum = sold.entry(&purchase.supplier).or_default();
            *sum = sum.plus(&Exact::from(purchase.value));
        }
        for (index, supplier) in organisation.suppliers.iter().enumerate() {
            let Some((turnover, sold)) = supplier.turnover.zip(sold.get(supplier.id.as_str())) else {
                continue;
            };
            if *sold > Exact::from(turnover) {
                let place = format!("/suppliers/{index}/turnover");
                self.error(FindingCode::ValueAboveTurnover, place, [shortened(&supplier.id)]);
            }
        }
    }

    fn questions(&mut self) {
        let organisation = self.organisation;
        for (index, alternative) in organisation.alternatives.iter().enumerate() {
            let place = format!("/alternatives/{index}");
            if !organisation.purchases.iter().any(|purchase| purchase.order == alternative.order) {
                let details = [shortened(&alternative.order)];
                self.error(FindingCode::UnknownOrder, format!("{place}/order"), details);
            }
            if !self.knows(&alternative.supplier) {
                let details = [shortened(&alternative.supplier)];
                self.error(FindingCode::UnknownSupplier, format!("{place}/supplier"), details);
            }
        }
        for (index, supplier) in organisation.assumed_suppliers.iter().enumerate() {
            if !self.knows(supplier) {
                let place = format!("/assumedSuppliers/{index}");
                self.error(FindingCode::UnknownSupplier, place, [shortened(supplier)]);
            }
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
