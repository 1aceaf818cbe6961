//! What a contract is for.

use crate::words;

words! {
    /// The kind of a contract (soort opdracht).
    pub enum ContractKind is "kind of contract" {
        /// Services (diensten).
        Services = "services",
        /// Works (werken).
        Works = "works",
        /// Supplies (leveringen).
        Supplies = "supplies",
    }
}
