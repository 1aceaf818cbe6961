//! Where files of evidence are kept.

use secrecy::SecretString;

use super::readers;

/// Where files of evidence are kept, and what is asked of them.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Files of evidence")]
pub struct EvidenceConfig {
    /// A folder, or s3://BUCKET in a build with s3
    #[arg(long = "files", env = "TREDE_FILES", value_name = "PLACE", default_value = "trede-files")]
    pub place: String,
    /// The region of the bucket
    #[arg(long, env = "TREDE_S3_REGION", value_name = "REGION", default_value = "eu-central-1")]
    pub s3_region: String,
    /// The address of an S3-compatible store that is not Amazon's
    #[arg(long, env = "TREDE_S3_ENDPOINT", value_name = "URL")]
    pub s3_endpoint: Option<String>,
    /// The id of the key of the bucket
    #[arg(long, env = "TREDE_S3_ACCESS_KEY_ID", value_name = "ID")]
    pub s3_access_key_id: Option<String>,
    /// The key of the bucket
    #[arg(long, env = "TREDE_S3_SECRET_ACCESS_KEY", value_name = "KEY", hide_env_values = true)]
    pub s3_secret_access_key: Option<SecretString>,
    /// The ClamAV daemon that looks at files, as clamd://IP-ADDRESS:PORT or clamd:///PATH/OF/SOCKET. Without it files
    /// are taken as they are, and told to be so
    #[arg(long, env = "TREDE_SCANNER", value_name = "ADDRESS")]
    pub scanner: Option<String>,
    /// The most megabytes of one file
    #[arg(long = "file-megabytes", env = "TREDE_FILE_MEGABYTES", value_name = "NUMBER", value_parser = readers::megabytes, default_value_t = 25)]
    pub most_megabytes: u64,
}
