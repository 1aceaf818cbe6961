//! What must be there before an entry of a block counts.

/// How close to the end of the candidate's last benefit a placement must start (termijn na uitkering).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BenefitWindow {
    /// Within so many months of the last day of the benefit; none for any time.
    pub within_months: Option<u32>,
    /// Whether it must start after the benefit ended.
    pub after: bool,
}

/// What must be there before an entry counts (voorwaarden).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// That it was agreed beforehand (vooraf afgestemd).
    pub agreed_beforehand: bool,
    /// Kinds of evidence that an entry needs before it is handed in.
    pub evidence_to_submit: Vec<String>,
    /// Kinds of evidence that an entry needs before it is approved.
    pub evidence_to_approve: Vec<String>,
    /// After an internship of so many months.
    pub after_internship_months: Option<u32>,
    /// That the placement lasts so many months, all its entries together.
    pub least_months: Option<u32>,
}
