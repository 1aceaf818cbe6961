//! Women and men, for who reports on them: only where a policy collects it.

use crate::words;

words! {
    /// Woman, man or otherwise (geslacht), as somebody says it of oneself.
    pub enum Gender is "gender" {
        /// A woman (vrouw).
        Woman = "woman",
        /// A man (man).
        Man = "man",
        /// Neither, or not said (anders).
        Other = "other",
    }
}
