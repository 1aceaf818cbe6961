//! Texts in the languages in which a notice gives them.

use serde::Serialize;
use utoipa::ToSchema;

/// A text in one language (tekst in een taal).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"language": "NLD", "text": "Groenonderhoud"}))]
pub struct LanguageText {
    /// The language in three letters, as the EU's vocabulary writes it (taal).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The text (tekst).
    pub text: String,
}

/// The same text in all languages of the notice (tekst in alle talen).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Texts(pub Vec<LanguageText>);

impl Texts {
    /// The text in a language; failing that, the first one.
    #[must_use]
    pub fn in_language(&self, language: Option<&str>) -> Option<&str> {
        let wanted = self.0.iter().find(|text| language.is_some() && text.language.as_deref() == language);
        wanted.or_else(|| self.0.first()).map(|text| text.text.as_str())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
