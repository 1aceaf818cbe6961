//! `/.well-known/security.txt`: where weaknesses can be reported (RFC 9116).

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::http::frame::problem::Problem;
use crate::http::state::AppState;

/// What a reader may rely on a copy for; the file itself is written anew each time that it is read.
const GOOD_FOR: TimeDelta = TimeDelta::days(90);

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContact {
    /// Where weaknesses can be reported; empty: there is no file.
    pub contacts: Vec<String>,
    /// The policy for reports.
    pub policy: Option<String>,
    /// The address of this service, without a trailing slash.
    pub public_url: Option<String>,
}

impl SecurityContact {
    fn text(&self, now: DateTime<Utc>) -> String {
        let expires = (now + GOOD_FOR).to_rfc3339_opts(SecondsFormat::Secs, true);
        let canonical =
            self.public_url.iter().map(|url| format!("Canonical: {url}/.well-known/security.txt\n"));
        let contacts = self.contacts.iter().map(|contact| format!("Contact: {contact}\n"));
        let policy = self.policy.iter().map(|policy| format!("Policy: {policy}\n"));
        let lines = contacts.chain([format!("Expires: {expires}\n")]).chain(policy).chain(canonical);
        lines.chain(["Preferred-Languages: nl, en\n".to_owned()]).collect()
    }
}

/// Serves the file.
///
/// # Errors
/// Status 404 where nobody is named.
pub async fn get(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let security = &state.protection.security;
    if security.contacts.is_empty() {
        return Err(Problem::not_found("this installation names nobody to report weaknesses to"));
    }
    let text = security.text(state.services.now());
    Ok(HttpResponse::Ok().content_type(ContentType::plaintext()).body(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_names_contacts_and_the_day_until_which_it_holds() {
        let security = SecurityContact {
            contacts: vec!["mailto:veilig@example.nl".to_owned(), "https://example.nl/cvd".to_owned()],
            policy: None,
            public_url: Some("https://trede.example.nl".to_owned()),
        };
        let text = security.text("2026-03-02T09:00:00Z".parse().unwrap());
        assert_eq!(
            text,
            "Contact: mailto:veilig@example.nl\nContact: https://example.nl/cvd\nExpires: 2026-05-31T09:00:00Z\n\
             Canonical: https://trede.example.nl/.well-known/security.txt\nPreferred-Languages: nl, en\n"
        );
    }
}
