//! Packages: what stands around releases or records that are written one after the other.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::json;

use super::EXTENSION_PATH;

/// The official extensions whose fields are used.
const OFFICIAL: [&str; 3] = [
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_awardCriteria_extension/master/extension.json",
];

/// What a package holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageKind {
    /// Releases.
    Releases,
    /// Records.
    Records,
}

/// What a package says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageMeta {
    /// Where it is.
    pub uri: String,
    /// The root of the server, such as `https://trede.example.nl`.
    pub server: String,
    /// When it was made.
    pub published_at: DateTime<Utc>,
    /// Who publishes it.
    pub publisher: String,
    /// Under which licence, as a URL.
    pub license: Option<String>,
    /// How it is published, as a URL.
    pub publication_policy: Option<String>,
}

impl PackageMeta {
    /// The beginning of the package, up to its first item.
    #[must_use]
    pub fn opening(&self, kind: PackageKind) -> String {
        let mut extensions: Vec<String> = OFFICIAL.iter().map(ToString::to_string).collect();
        extensions.push(format!("{}{EXTENSION_PATH}", self.server));
        let mut head = vec![
            ("uri", json!(self.uri)),
            ("version", json!("1.1")),
            ("extensions", json!(extensions)),
            ("publishedDate", json!(self.published_at.to_rfc3339_opts(SecondsFormat::Secs, true))),
            ("publisher", json!({"name": self.publisher})),
        ];
        head.extend(self.license.as_ref().map(|url| ("license", json!(url))));
        head.extend(self.publication_policy.as_ref().map(|url| ("publicationPolicy", json!(url))));
        let fields: Vec<_> = head.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let mut text = format!("{{{},", fields.join(","));
        text.push_str(match kind {
            PackageKind::Releases => "\"releases\":[",
            PackageKind::Records => "\"records\":[",
        });
        text
    }

    /// Its end.
    #[must_use]
    pub const fn closing() -> &'static str {
        "]}"
    }
}

/// Items as they stand in a package, with a comma in front unless they are the first.
///
/// # Errors
/// When an item cannot be written as JSON.
pub fn joined<T: Serialize>(items: &[T], is_first: &mut bool) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for item in items {
        if !std::mem::replace(is_first, false) {
            text.push(',');
        }
        text.push_str(&serde_json::to_string(item)?);
    }
    Ok(text)
}
