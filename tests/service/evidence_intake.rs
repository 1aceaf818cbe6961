//! Files that come in a part at a time.

use bytes::Bytes;
use futures_util::stream::iter;
use futures_util::{Stream, TryStreamExt};
use sha2::{Digest, Sha256};
use trede::domain::evidence::{MediaType, ScanState};
use trede::integrations::file_store::FileStore;
use trede::service::evidence_intake::EvidenceDesk;

const PDF: &[u8] = b"%PDF-1.7 a document";

fn desk(most_bytes: u64) -> EvidenceDesk {
    EvidenceDesk { files: FileStore::in_memory(), scanner: None, most_bytes }
}

fn parts(content: &'static [u8]) -> impl Stream<Item = Result<Bytes, ()>> {
    iter(content.chunks(7).map(|part| Ok(Bytes::from_static(part))))
}

async fn stored(desk: &EvidenceDesk, key: &str) -> Option<Vec<u8>> {
    let content = desk.files.read(key).await.ok()?;
    Some(content.try_collect::<Vec<_>>().await.unwrap().concat())
}

#[actix_web::test]
async fn what_comes_in_is_what_is_stored() {
    let desk = desk(100);
    let taken = desk.take_in("gm0344/1", MediaType::Pdf, parts(PDF)).await.unwrap();
    assert_eq!(taken.bytes, 19);
    assert_eq!(taken.sha256, format!("{:x}", Sha256::digest(PDF)));
    assert_eq!(taken.scan, ScanState::NotScanned);
    assert_eq!(stored(&desk, "gm0344/1").await.unwrap(), PDF);
}

#[actix_web::test]
async fn of_a_refused_file_nothing_is_stored() {
    let cases: [(u64, MediaType, &'static [u8]); 4] = [
        (18, MediaType::Pdf, PDF),
        (100, MediaType::Png, PDF),
        (100, MediaType::Csv, b"MZ\x90\x00\x03"),
        (100, MediaType::Pdf, b""),
    ];
    for (most, said, content) in cases {
        let desk = desk(most);
        assert!(desk.take_in("gm0344/1", said, parts(content)).await.is_err());
        assert_eq!(stored(&desk, "gm0344/1").await, None, "{said}");
    }
}

#[actix_web::test]
async fn a_body_that_breaks_off_leaves_nothing() {
    let desk = desk(100);
    let broken = iter([Ok(Bytes::from_static(PDF)), Err(())]);
    assert!(desk.take_in("gm0344/1", MediaType::Pdf, broken).await.is_err());
    assert_eq!(stored(&desk, "gm0344/1").await, None);
}
