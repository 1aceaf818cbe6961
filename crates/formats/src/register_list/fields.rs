//! The fields of a row, and what registers call them.

use std::fmt;

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The number of the certificate.
    Number,
    /// The name of the organisation.
    Organisation,
    /// The KvK numbers that it covers.
    KvkNumbers,
    /// The version of the ladder.
    Ladder,
    /// The level.
    Level,
    /// The mark PSO 30+.
    ThirtyPlus,
    /// The certifying body.
    CertifyingBody,
    /// The first day.
    ValidFrom,
    /// The last day.
    ValidUntil,
}

impl Field {
    /// All of them, in the order of the template.
    pub const ALL: [Self; 9] = [
        Self::Number,
        Self::Organisation,
        Self::KvkNumbers,
        Self::Ladder,
        Self::Level,
        Self::ThirtyPlus,
        Self::CertifyingBody,
        Self::ValidFrom,
        Self::ValidUntil,
    ];

    /// The name in JSON and in the head of a CSV file, and what else a head can call it.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Number => &["number", "certificaatnummer", "certificaat", "nummer"],
            Self::Organisation => &["organisation", "organisatie", "naam", "bedrijf", "bedrijfsnaam"],
            Self::KvkNumbers => &["kvkNumbers", "kvk-nummers", "kvk-nummer", "kvk", "kvknummer", "kvkNumber"],
            Self::Ladder => &["ladder", "ladderversie"],
            Self::Level => &["level", "trede", "niveau"],
            Self::ThirtyPlus => &["thirtyPlus", "30+", "pso 30+"],
            Self::CertifyingBody => &["certifyingBody", "certificerende instelling", "ci"],
            Self::ValidFrom => &["validFrom", "geldig vanaf", "ingangsdatum", "datum ingang"],
            Self::ValidUntil => &["validUntil", "geldig tot en met", "geldig tot", "einddatum"],
        }
    }

    /// The name in JSON and in the template.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.names().first().copied().unwrap_or_default()
    }

    /// Whether a list without it is none.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        !matches!(self, Self::Organisation | Self::Ladder | Self::ThirtyPlus)
    }

    /// The field that a head calls so.
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        let plain = |text: &str| text.trim().to_lowercase().replace(['_', ' ', '-'], "");
        let name = plain(name);
        Self::ALL.into_iter().find(|field| field.names().iter().any(|known| plain(known) == name))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
