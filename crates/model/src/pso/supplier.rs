//! What a supplier tells of itself to those who want to buy socially (inkopen bij PSO-gecertificeerden).

use rust_decimal::Decimal;

use trede_base::cpv::CpvCode;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::record::Record;

/// A supplier as it presents itself (leveranciersprofiel).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierProfile {
    /// Its KvK number.
    pub kvk: KvkNumber,
    /// What it tells.
    pub facts: SupplierFacts,
    /// When it was written.
    pub record: Record,
}

/// What a supplier tells. The numbers are what an order with it counts with; no certificate gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierFacts {
    /// What it sells, as CPV codes.
    pub cpv_codes: Vec<CpvCode>,
    /// The municipalities in which it works.
    pub regions: Vec<MunicipalityId>,
    /// Turnover of the year, in cents, excluding VAT.
    pub turnover_cents: Option<i64>,
    /// All its workers, in fte.
    pub fte: Option<Decimal>,
    /// Its own direct contribution, in percent of its fte.
    pub direct_share_percent: Option<Decimal>,
}

/// Which suppliers are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupplierWish {
    /// The first digits of a CPV code: two for a division, up to eight.
    pub cpv: Option<String>,
    /// The municipality in which it works.
    pub region: Option<MunicipalityId>,
}
