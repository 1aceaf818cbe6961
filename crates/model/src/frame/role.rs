//! What somebody is to a procedure.

use trede_base::words;

words! {
    /// What somebody is to a procedure (rol). A caller can have several roles.
    pub enum Role is "role" {
        /// Keeps the national reference data of this installation (beheerder landelijke gegevens).
        Operator = "operator",
        /// Manages one municipality's settings (functioneel beheerder).
        Administrator = "administrator",
        /// Prepares, publishes and evaluates tenders (inkoper).
        Buyer = "buyer",
        /// Scores quality, with a motivation (beoordelaar).
        Assessor = "assessor",
        /// Opens the bids after the deadline (kluisopener).
        Opener = "opener",
        /// Follows social return during the contract (coördinator social return).
        Coordinator = "coordinator",
        /// Bids, for one KvK number (inschrijver).
        Bidder = "bidder",
        /// Delivers social return under a contract, for one KvK number (opdrachtnemer).
        Contractor = "contractor",
        /// An e-procurement platform acting for the municipality (aanbestedingsplatform).
        Platform = "platform",
        /// Answers people who ask what is held about them (privacyfunctionaris).
        PrivacyOfficer = "privacy-officer",
        /// Reads everything and changes nothing (auditor).
        Auditor = "auditor",
    }
}
