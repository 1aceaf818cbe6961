//! What is measured: an organisation with its workers of the target group and its purchases.

use rust_decimal::Decimal;

use crate::pso::Month;
use trede_base::money::Price;

/// Hours a week of full-time work where no collective agreement says otherwise (not 36).
/// Source: PSO-Nederland, directe-sociale-bijdrage.
pub const FULL_TIME_HOURS: Decimal = Decimal::from_parts(40, 0, 0, false, 0);

/// An organisation over a reference year (peiljaar).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// All workers, the target group included, in fte.
    pub total_fte: Decimal,
    /// KvK number.
    pub kvk_number: Option<String>,
    /// First of the twelve months that are measured.
    pub reference_year_from: Option<Month>,
    /// The workers of the target group.
    pub workers: Vec<Worker>,
    /// Suppliers that are bought from, or could be.
    pub suppliers: Vec<Supplier>,
    /// What is bought.
    pub purchases: Vec<Purchase>,
    /// What suppliers buy from each other: the second link of the chain.
    pub supplier_purchases: Vec<SupplierPurchase>,
    /// Orders that could go to another supplier.
    pub alternatives: Vec<Alternative>,
    /// The suppliers of which the distance in euros is told; none: the one with the most fte for a euro.
    pub assumed_suppliers: Vec<String>,
    /// How PSO 30+ is measured, when it is.
    pub thirty_plus: Option<ThirtyPlusPolicy>,
}

/// A worker of the target group, known by a pseudonym only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// The pseudonym.
    pub reference: String,
    /// Code of the position at inflow.
    pub position: String,
    /// Code of the contract type.
    pub contract: String,
    /// Hours a week.
    pub hours: Decimal,
    /// Hours a week of full-time work under the collective agreement.
    pub full_time: Decimal,
    /// Months at work in the reference year, up to 12.
    pub months: Decimal,
    /// The month of inflow, or for a lost status the month in which it was lost.
    pub counts_from: Option<Month>,
    /// The last month of the indication, subsidy or placement.
    pub counts_until: Option<Month>,
    /// The order under which the worker is hired in, when that is an order to another organisation.
    pub order: Option<String>,
    /// Whether a secondment is long-lasting (langdurig).
    pub long_lasting: bool,
}

/// Whether purchases from a supplier count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupplierKind {
    /// Holds a PSO certificate.
    PsoCertified,
    /// A social workplace (SW-bedrijf) to which work is outsourced.
    SocialWorkplace,
    /// Neither: purchases from it do not count.
    Other,
}

/// A supplier (leverancier).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplier {
    /// Identifier.
    pub id: String,
    /// KvK number.
    pub kvk_number: Option<String>,
    /// Whether purchases from it count.
    pub kind: SupplierKind,
    /// Turnover of the year, excluding VAT.
    pub turnover: Option<Price>,
    /// All its workers, in fte.
    pub fte: Option<Decimal>,
    /// Its own direct contribution, in percent of its fte. A certificate's level does not give it.
    pub direct_share: Option<Decimal>,
}

/// A purchase: one order, which counts once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Identifier of the order.
    pub order: String,
    /// Identifier of the supplier.
    pub supplier: String,
    /// Value in the reference year, excluding VAT.
    pub value: Price,
}

/// What a supplier buys from another supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierPurchase {
    /// Identifier of the supplier that buys.
    pub buyer: String,
    /// The purchase.
    pub purchase: Purchase,
}

/// An order that could go to another supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The order.
    pub order: String,
    /// The other supplier.
    pub supplier: String,
}

/// What PSO 30+ counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThirtyPlusMeasure {
    /// People, of so many in the whole organisation.
    Heads(u32),
    /// Fte, without weights.
    Fte,
}

/// How PSO 30+ is measured: the sources allow both measures, so a policy chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThirtyPlusPolicy {
    /// Heads or fte.
    pub measure: ThirtyPlusMeasure,
    /// Whether long-lasting secondment counts beside one's own payroll (allowed since April 2019).
    pub long_secondment_counts: bool,
}
