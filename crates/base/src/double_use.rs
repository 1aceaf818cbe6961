//! Over which contracts the same effort counts once.

/// Over which contracts the same hours of one candidate count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubleUse {
    /// Over the contracts of one contractor.
    Contractor,
    /// Over the contracts of one authority.
    Authority,
    /// Over the contracts of all participating authorities.
    Region,
}
