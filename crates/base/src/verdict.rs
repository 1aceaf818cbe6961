//! What the register says of a claim, in a word.

use crate::words;

words! {
    /// What became of a claim (oordeel over een claim).
    pub enum Verdict is "verdict" {
        /// The register gives the level, or a higher one, on the date that counts (bevestigd).
        Confirmed = "confirmed",
        /// The register gives another, lower level on that date (weersproken).
        Contradicted = "contradicted",
        /// There is a certificate of the level, which is not in force on that date (verlopen op de peildatum).
        Expired = "expired",
        /// The register knows no certificate of the organisation (niet gevonden).
        NotFound = "not-found",
        /// An equivalent proof is claimed; the municipality decides on it (gelijkwaardig bewijs aangevoerd).
        EquivalentClaimed = "equivalent-claimed",
        /// The municipality accepted an equivalent proof (gelijkwaardig bewijs aanvaard): its own fact, and none of
        /// the register.
        EquivalentAccepted = "equivalent-accepted",
    }
}
