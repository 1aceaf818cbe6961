//! The entrance of the console, as configured.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use serde::Deserialize;
use trede_integrations::oidc::{OidcClient, OidcError, OidcSettings};

use crate::config::read_file;
use crate::console::Entrance;
use crate::console::issuer::Provider;
use crate::startup::StartError;

/// The file that `TREDE_CONSOLE` names.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConsoleFile {
    issuer: String,
    client_id: String,
    #[serde(default)]
    client_secret_file: Option<PathBuf>,
    #[serde(default = "usual_scopes")]
    scopes: String,
    redirect_url: String,
}

fn usual_scopes() -> String {
    "openid".to_owned()
}

/// The issuer that the file names.
///
/// # Errors
/// [`StartError::Console`] when the file does not fit, [`StartError::Config`] when one cannot be read.
pub(super) fn entrance(file: &Path) -> Result<Entrance, StartError> {
    let text = read_file(file)?;
    let told: ConsoleFile = serde_json::from_str(&text)
        .map_err(|error| StartError::Console(format!("{}: {error}", file.display())))?;
    let secret = told.client_secret_file.as_deref().map(read_file).transpose()?;
    let settings = OidcSettings {
        issuer: told.issuer,
        client_id: told.client_id,
        client_secret: secret.map(|secret| SecretString::from(secret.trim().to_owned())),
        scopes: told.scopes,
        redirect_url: told.redirect_url,
    };
    let client = OidcClient::new(settings).map_err(|error| StartError::Console(error.to_string()))?;
    Ok(Entrance::Issuer(Arc::new(OneIssuer(client))))
}

struct OneIssuer(OidcClient);

impl Provider for OneIssuer {
    fn issuer(&self) -> &str {
        self.0.issuer()
    }

    fn client_id(&self) -> &str {
        self.0.client_id()
    }

    fn way(&self, state: &str, nonce: &str, challenge: &str) -> Result<String, String> {
        self.0.way(state, nonce, challenge).map_err(|error: OidcError| error.to_string())
    }

    fn exchange(&self, code: &str, verifier: &str) -> Result<(String, String), String> {
        let tokens = self.0.exchange(code, verifier).map_err(|error| error.to_string())?;
        Ok((tokens.access_token, tokens.id_token))
    }
}
