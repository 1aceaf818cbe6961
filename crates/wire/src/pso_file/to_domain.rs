//! From a PSO file to a measured contribution, with everything that is wrong named by its place.

use rust_decimal::Decimal;

use super::{
    PsoFile, PurchaseInput, SupplierInput, SupplierKindInput, ThirtyPlusInput, ThirtyPlusMeasureInput,
    WorkerInput, to_norms,
};
use crate::number::Number;
use trede_base::money::Price;
use trede_rules::pso::contribution::{
    Alternative, Contribution, FULL_TIME_HOURS, Finding, FindingCode, Organisation, Purchase, Supplier,
    SupplierKind, SupplierPurchase, ThirtyPlusMeasure, ThirtyPlusPolicy, Worker, contribution,
};
use trede_rules::pso::{Month, NormTable, WeightTable};

/// Months of a whole year.
const WHOLE_YEAR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// A measured contribution, with the norms and weights that were used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The contribution.
    pub contribution: Contribution,
    /// The norms.
    pub norms: NormTable,
    /// The weights.
    pub weights: WeightTable,
}

impl PsoFile {
    /// Measures the contribution of the organisation.
    ///
    /// # Errors
    /// All errors of the file, each with its JSON pointer.
    pub fn measured(&self) -> Result<Measured, Vec<Finding>> {
        let mut reader = Reader { found: Vec::new() };
        let organisation = reader.organisation(self);
        let norms = to_norms::norms(self.norms.as_ref(), &mut reader.found);
        let weights = to_norms::weights(self.weights.as_ref(), &mut reader.found);
        let (Some(norms), Some(weights), true) = (norms, weights, reader.found.is_empty()) else {
            return Err(reader.found);
        };
        let contribution = contribution(&organisation, &norms, &weights)?;
        Ok(Measured { contribution, norms, weights })
    }
}

struct Reader {
    found: Vec<Finding>,
}

impl Reader {
    fn error<const N: usize>(&mut self, code: FindingCode, place: impl Into<String>, details: [String; N]) {
        self.found.push(Finding::new(code, place, details));
    }

    fn organisation(&mut self, file: &PsoFile) -> Organisation {
        let input = &file.organisation;
        let year = input.reference_year_from.as_deref();
        let chain = file.supplier_purchases.iter().enumerate();
        let chain = chain.map(|(index, link)| {
            let purchase = PurchaseInput {
                order: link.order.clone(),
                supplier: link.supplier.clone(),
                value: link.value,
            };
            let purchase = self.purchase(&format!("/supplierPurchases/{index}"), &purchase);
            SupplierPurchase { buyer: link.buyer.clone(), purchase }
        });
        Organisation {
            supplier_purchases: chain.collect(),
            total_fte: input.total_fte.0,
            kvk_number: input.kvk_number.clone(),
            reference_year_from: self.month("/organisation/referenceYearFrom", year),
            workers: file
                .workers
                .iter()
                .enumerate()
                .map(|(index, worker)| self.worker(&format!("/workers/{index}"), worker))
                .collect(),
            suppliers: file
                .suppliers
                .iter()
                .enumerate()
                .map(|(index, supplier)| self.supplier(&format!("/suppliers/{index}"), supplier))
                .collect(),
            purchases: file
                .purchases
                .iter()
                .enumerate()
                .map(|(index, purchase)| self.purchase(&format!("/purchases/{index}"), purchase))
                .collect(),
            alternatives: file
                .alternatives
                .iter()
                .map(|input| Alternative { order: input.order.clone(), supplier: input.supplier.clone() })
                .collect(),
            assumed_suppliers: file.assumed_suppliers.clone(),
            thirty_plus: file.thirty_plus.as_ref().and_then(|input| self.thirty_plus(input)),
        }
    }

    fn month(&mut self, place: &str, text: Option<&str>) -> Option<Month> {
        let month = Month::parse(text?);
        if month.is_none() {
            self.error(FindingCode::InvalidMonth, place, []);
        }
        month
    }

    fn worker(&mut self, place: &str, input: &WorkerInput) -> Worker {
        Worker {
            reference: input.reference.as_str().to_owned(),
            position: input.position.clone(),
            contract: input.contract.clone(),
            hours: input.hours_per_week.0,
            full_time: input.full_time_hours.map_or(FULL_TIME_HOURS, |hours| hours.0),
            months: input.months.map_or(WHOLE_YEAR, |months| months.0),
            counts_from: self.month(&format!("{place}/countsFrom"), input.counts_from.as_deref()),
            counts_until: self.month(&format!("{place}/countsUntil"), input.counts_until.as_deref()),
            order: input.order.clone(),
            long_lasting: input.long_lasting,
        }
    }

    fn amount(&mut self, place: String, number: Number) -> Option<Price> {
        match Price::payable(number.0) {
            Ok(price) => Some(price),
            Err(error) => {
                self.error(FindingCode::InvalidAmount, place, [error.to_string()]);
                None
            }
        }
    }

    fn supplier(&mut self, place: &str, input: &SupplierInput) -> Supplier {
        Supplier {
            id: input.id.clone(),
            kvk_number: input.kvk_number.clone(),
            kind: match input.kind {
                SupplierKindInput::PsoCertified => SupplierKind::PsoCertified,
                SupplierKindInput::SocialWorkplace => SupplierKind::SocialWorkplace,
                SupplierKindInput::Other => SupplierKind::Other,
            },
            turnover: input.turnover.and_then(|number| self.amount(format!("{place}/turnover"), number)),
            fte: input.fte.map(|number| number.0),
            direct_share: input.direct_share_percent.map(|number| number.0),
        }
    }

    fn purchase(&mut self, place: &str, input: &PurchaseInput) -> Purchase {
        Purchase {
            order: input.order.clone(),
            supplier: input.supplier.clone(),
            value: self.amount(format!("{place}/value"), input.value).unwrap_or(Price::ZERO),
        }
    }

    fn thirty_plus(&mut self, input: &ThirtyPlusInput) -> Option<ThirtyPlusPolicy> {
        let place = "/thirtyPlus/totalHeads";
        let measure = match (input.measure, input.total_heads) {
            (ThirtyPlusMeasureInput::Heads, Some(heads)) if heads > 0 => ThirtyPlusMeasure::Heads(heads),
            (ThirtyPlusMeasureInput::Fte, None) => ThirtyPlusMeasure::Fte,
            (ThirtyPlusMeasureInput::Heads, _) => {
                self.error(FindingCode::HeadsMissing, place, []);
                return None;
            }
            (ThirtyPlusMeasureInput::Fte, Some(_)) => {
                self.error(FindingCode::HeadsUnused, place, []);
                return None;
            }
        };
        Some(ThirtyPlusPolicy { measure, long_secondment_counts: input.long_secondment_counts })
    }
}
