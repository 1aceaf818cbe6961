//! What a use case refuses, in Dutch, by its code. Where the English sentence names what it is about, its use case says
//! the Dutch one itself (see [`Bilingual`](crate::frame::error::Bilingual)).

mod assessing;
mod awarding;
mod bidding;
mod following;
mod frame;
mod others;
mod policies;
mod pso;
mod tables;
mod tendering;

use crate::frame::error::{Finding, ServiceError};
use trede_rules::explaining::Language;

/// Codes with their Dutch sentences.
type Words = &'static [(&'static str, &'static str)];

const OF_ROOMS: [Words; 10] = [
    frame::WORDS,
    tables::WORDS,
    pso::WORDS,
    policies::WORDS,
    tendering::WORDS,
    assessing::WORDS,
    bidding::WORDS,
    awarding::WORDS,
    following::WORDS,
    others::WORDS,
];

/// The sentence of a code, where it has one.
fn of_code(code: &str) -> Option<&'static str> {
    OF_ROOMS.into_iter().flatten().find(|(own, _)| *own == code).map(|(_, dutch)| *dutch)
}

impl Finding {
    /// What is wrong, in Dutch, where there are words for it.
    #[must_use]
    pub fn in_dutch(&self) -> Option<String> {
        self.dutch.clone().or_else(|| of_code(self.code).map(str::to_owned))
    }

    /// What is wrong, in a language; in English where it has no other words.
    pub(crate) fn told(self, language: Language) -> String {
        match language {
            Language::English => self.detail,
            Language::Dutch => self.in_dutch().unwrap_or(self.detail),
        }
    }
}

impl ServiceError {
    /// Why not, in Dutch, where there are words for it.
    #[must_use]
    pub fn in_dutch(&self) -> Option<String> {
        let told = match self {
            Self::ForeignMunicipality => "het token noemt deze gemeente niet".to_owned(),
            Self::Forbidden { operation } => format!("geen van uw rollen mag {}", operation.id()),
            Self::Refused { dutch: Some(dutch), .. } => dutch.clone(),
            Self::NotTheirs { code, .. } | Self::Refused { code, .. } => of_code(code)?.to_owned(),
            Self::NotFound { .. } => "dit bestaat niet, of is niet voor u".to_owned(),
            Self::Invalid(found) => format!("het verzoek breekt {} regel(s)", found.len()),
            Self::VersionMismatch => "het is veranderd sinds het werd gelezen".to_owned(),
            Self::VersionNeeded => {
                "wat eerder is gestuurd, is anders: stuur de ETag die u las in If-Match om het te wijzigen"
                    .to_owned()
            }
            Self::TooLarge { most_bytes } => format!("er worden hoogstens {most_bytes} bytes aangenomen"),
            Self::Busy(_) => "de opslag is bezet".to_owned(),
            Self::Expired { .. } => "waar deze cursor heen leidt, wordt niet meer bewaard".to_owned(),
            Self::Unavailable { .. } | Self::Elsewhere { .. } => {
                "een ander systeem, dat hier nodig is, antwoordt niet".to_owned()
            }
            Self::Internal(_) => "er ging hier iets mis".to_owned(),
        };
        Some(told)
    }
}

#[cfg(test)]
mod tests;
