//! Files in an S3-compatible bucket.

#![cfg(feature = "s3")]
#![allow(clippy::unwrap_used)]

use trede_integrations::file_store::{FileStore, FileStoreError, S3Access};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn a_bucket_that_is_not_there_is_an_outage_and_no_missing_file() {
    let store = MockServer::start().await;
    let answer = "<Error><Code>NoSuchBucket</Code><Message>The bucket does not exist</Message></Error>";
    Mock::given(any()).respond_with(ResponseTemplate::new(404).set_body_string(answer)).mount(&store).await;
    let files = FileStore::in_bucket(&S3Access {
        bucket: "bewijs".to_owned(),
        region: "eu-central-1".to_owned(),
        endpoint: Some(store.uri()),
        access_key_id: "key".to_owned(),
        secret_access_key: "secret".to_owned(),
    })
    .unwrap();
    assert!(matches!(files.begin("gm0344/1").await, Err(FileStoreError::Unavailable(_))));
    assert!(matches!(files.read("gm0344/1").await, Err(FileStoreError::Missing)));
}
