//! Organisations whose social contribution is measured: `an_organisation(50).worker(a_worker("w1"))`.

use trede_rules::pso::contribution::{
    Alternative, Contribution, Finding, FindingCode, Organisation, Purchase, Supplier, SupplierKind,
    SupplierPurchase, ThirtyPlusMeasure, ThirtyPlusPolicy, Worker, contribution,
};
use trede_rules::pso::{Month, NormTable, PUBLISHED_NORMS, WeightTable};

use super::{Number, euros, n};

/// An organisation that is being written.
#[derive(Clone)]
pub struct Written(pub Organisation);

/// An organisation of so many fte, without workers of the target group.
pub fn an_organisation(fte: impl Number) -> Written {
    Written(Organisation {
        total_fte: n(fte),
        kvk_number: None,
        reference_year_from: None,
        workers: Vec::new(),
        suppliers: Vec::new(),
        purchases: Vec::new(),
        supplier_purchases: Vec::new(),
        alternatives: Vec::new(),
        assumed_suppliers: Vec::new(),
        thirty_plus: None,
    })
}

/// A worker with a Wsw indication in regular full-time work during the whole year: one weighted fte.
pub fn a_worker(reference: &str) -> Worker {
    Worker {
        reference: reference.to_owned(),
        position: "wsw".to_owned(),
        contract: "regular".to_owned(),
        hours: n(40),
        full_time: n(40),
        months: n(12),
        counts_from: None,
        counts_until: None,
        order: None,
        long_lasting: false,
    }
}

/// A certified supplier.
pub fn a_supplier(id: &str, turnover: i64, fte: i64, direct_share: i64) -> Supplier {
    Supplier {
        id: id.to_owned(),
        kvk_number: None,
        kind: SupplierKind::PsoCertified,
        turnover: Some(euros(turnover)),
        fte: Some(n(fte)),
        direct_share: Some(n(direct_share)),
    }
}

pub fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

pub fn norms() -> NormTable {
    NormTable::published(PUBLISHED_NORMS).unwrap()
}

pub fn weights() -> WeightTable {
    WeightTable::published("pso-manual-1.7").unwrap()
}

impl Written {
    pub fn worker(mut self, worker: Worker) -> Self {
        self.0.workers.push(worker);
        self
    }

    pub fn supplier(mut self, supplier: Supplier) -> Self {
        self.0.suppliers.push(supplier);
        self
    }

    pub fn buying(mut self, order: &str, supplier: &str, value: i64) -> Self {
        self.0.purchases.push(a_purchase(order, supplier, value));
        self
    }

    /// What one supplier buys from another.
    pub fn link(mut self, order: &str, buyer: &str, supplier: &str, value: i64) -> Self {
        let purchase = a_purchase(order, supplier, value);
        self.0.supplier_purchases.push(SupplierPurchase { buyer: buyer.to_owned(), purchase });
        self
    }

    pub fn alternative(mut self, order: &str, supplier: &str) -> Self {
        self.0.alternatives.push(Alternative { order: order.to_owned(), supplier: supplier.to_owned() });
        self
    }

    pub fn assuming(mut self, supplier: &str) -> Self {
        self.0.assumed_suppliers.push(supplier.to_owned());
        self
    }

    pub fn year(mut self, from: &str) -> Self {
        self.0.reference_year_from = Some(month(from));
        self
    }

    pub fn thirty_plus(mut self, measure: ThirtyPlusMeasure, long_secondment_counts: bool) -> Self {
        self.0.thirty_plus = Some(ThirtyPlusPolicy { measure, long_secondment_counts });
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut Organisation)) -> Self {
        change(&mut self.0);
        self
    }

    /// The contribution by the published norms and the weights of manual 1.7.
    pub fn measured(&self) -> Contribution {
        contribution(&self.0, &norms(), &weights()).unwrap_or_else(|found| panic!("{found:?}"))
    }

    /// What is wrong with the data, each with its place.
    pub fn errors(&self) -> Vec<(FindingCode, String)> {
        let found = contribution(&self.0, &norms(), &weights()).err().unwrap_or_default();
        found.into_iter().map(|found| (found.code, found.place)).collect()
    }
}

fn a_purchase(order: &str, supplier: &str, value: i64) -> Purchase {
    Purchase { order: order.to_owned(), supplier: supplier.to_owned(), value: euros(value) }
}

/// The codes of findings.
pub fn codes(found: &[Finding]) -> Vec<FindingCode> {
    found.iter().map(|found| found.code).collect()
}
