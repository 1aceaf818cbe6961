//! Where files of evidence are kept, as configured.

use std::path::Path;

#[cfg(feature = "s3")]
use secrecy::ExposeSecret;

use crate::config::{ConfigError, EvidenceConfig};
use crate::startup::StartError;
use trede_integrations::file_store::FileStore;
#[cfg(feature = "s3")]
use trede_integrations::file_store::S3Access;
use trede_service::following::evidence_intake::EvidenceDesk;

/// The desk that takes evidence in, as configured.
///
/// # Errors
/// [`StartError::Config`] when a variable is missing or does not fit, [`StartError::Files`] when the folder
/// cannot be made.
pub fn desk(config: &EvidenceConfig) -> Result<EvidenceDesk, StartError> {
    let files = match config.place.strip_prefix("s3://") {
        Some(bucket) => in_bucket(bucket, config)?,
        None => FileStore::in_folder(Path::new(&config.place))?,
    };
    let scanner = config.scanner.as_deref().map(|text| {
        text.parse().map_err(|_| {
            ConfigError::unfit("TREDE_SCANNER", text, "clamd://IP-ADDRESS:PORT, or clamd:///PATH/OF/SOCKET")
        })
    });
    let scanner = scanner.transpose()?;
    if scanner.is_none() {
        tracing::warn!("no malware scanner is configured (TREDE_SCANNER): files of evidence are not scanned");
    }
    Ok(EvidenceDesk { files, scanner, most_bytes: config.most_megabytes.saturating_mul(1024 * 1024) })
}

#[cfg(feature = "s3")]
fn in_bucket(bucket: &str, config: &EvidenceConfig) -> Result<FileStore, StartError> {
    Ok(FileStore::in_bucket(&s3_access(bucket, config)?)?)
}

#[cfg(not(feature = "s3"))]
fn in_bucket(_: &str, config: &EvidenceConfig) -> Result<FileStore, StartError> {
    Err(StartError::Config(ConfigError::unfit(
        "TREDE_FILES",
        config.place.clone(),
        "a folder: this program was built without S3 (build with `--features s3`, or `full`)",
    )))
}

#[cfg(feature = "s3")]
fn s3_access(bucket: &str, config: &EvidenceConfig) -> Result<S3Access, ConfigError> {
    let missing = |variable| ConfigError::missing(variable, "TREDE_FILES=s3://…");
    let secret = config.s3_secret_access_key.as_ref();
    Ok(S3Access {
        bucket: bucket.trim_end_matches('/').to_owned(),
        region: config.s3_region.clone(),
        endpoint: config.s3_endpoint.clone(),
        access_key_id: config.s3_access_key_id.clone().ok_or_else(|| missing("TREDE_S3_ACCESS_KEY_ID"))?,
        secret_access_key: secret
            .ok_or_else(|| missing("TREDE_S3_SECRET_ACCESS_KEY"))?
            .expose_secret()
            .to_owned(),
    })
}

#[cfg(all(test, not(feature = "s3")))]
mod tests {
    use super::in_bucket;
    use crate::config::EvidenceConfig;

    #[test]
    fn a_bucket_in_a_program_without_s3_is_refused_with_what_to_do() {
        let config = EvidenceConfig {
            place: "s3://bewijs".to_owned(),
            s3_region: String::new(),
            s3_endpoint: None,
            s3_access_key_id: None,
            s3_secret_access_key: None,
            scanner: None,
            most_megabytes: 25,
        };
        let told = in_bucket("bewijs", &config).err().map(|error| error.to_string());
        assert!(
            told.is_some_and(
                |told| told.contains("TREDE_FILES=s3://bewijs") && told.contains("--features s3")
            )
        );
    }
}
