//! Over which contracts the same effort counts once.

use crate::words;

words! {
    /// Over which contracts the same hours of one candidate count once (dubbeltelling).
    pub enum DoubleUse is "reach of double use" {
        /// Over the contracts of one contractor (opdrachtnemer).
        Contractor = "contractor",
        /// Over the contracts of one authority (aanbestedende dienst).
        Authority = "authority",
        /// Over the contracts of all participating authorities (regio).
        Region = "region",
    }
}
