//! Files that come in a part at a time.

use std::io::{Read, Write};
use std::net::TcpListener;

use bytes::Bytes;
use futures_util::stream::iter;
use futures_util::{Stream, TryStreamExt};
use sha2::{Digest, Sha256};
use trede_integrations::file_store::FileStore;
use trede_integrations::malware_scanner::MalwareScanner;
use trede_model::following::evidence::{MediaType, ScanState};
use trede_service::following::evidence_intake::EvidenceDesk;
use trede_service::frame::error::ServiceError;

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

/// A ClamAV daemon that reads one file and answers so.
fn scanner(answer: &'static str) -> MalwareScanner {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut command = [0; 10];
        stream.read_exact(&mut command).unwrap();
        assert_eq!(&command, b"zINSTREAM\0");
        let mut content = Vec::new();
        loop {
            let mut length = [0; 4];
            stream.read_exact(&mut length).unwrap();
            let length = usize::try_from(u32::from_be_bytes(length)).unwrap();
            if length == 0 {
                break;
            }
            let mut part = vec![0; length];
            stream.read_exact(&mut part).unwrap();
            content.extend(part);
        }
        assert_eq!(content, PDF);
        stream.write_all(answer.as_bytes()).unwrap();
    });
    MalwareScanner::Tcp(address)
}

#[actix_web::test]
async fn only_what_the_scanner_finds_clean_is_kept() {
    let clean = EvidenceDesk { scanner: Some(scanner("stream: OK\0")), ..desk(100) };
    let taken = clean.take_in("gm0344/1", MediaType::Pdf, parts(PDF)).await.unwrap();
    assert_eq!(taken.scan, ScanState::Clean);
    assert!(stored(&clean, "gm0344/1").await.is_some());

    let infected = EvidenceDesk { scanner: Some(scanner("stream: Eicar-Test FOUND\0")), ..desk(100) };
    let refused = infected.take_in("gm0344/1", MediaType::Pdf, parts(PDF)).await;
    assert!(matches!(refused, Err(ServiceError::Invalid(_))));
    assert_eq!(stored(&infected, "gm0344/1").await, None);

    let unsure = "INSTREAM size limit exceeded. ERROR\0";
    for scanner in [scanner(unsure), "clamd://127.0.0.1:1".parse().unwrap()] {
        let desk = EvidenceDesk { scanner: Some(scanner), ..desk(100) };
        let refused = desk.take_in("gm0344/1", MediaType::Pdf, parts(PDF)).await;
        assert!(matches!(refused, Err(ServiceError::Unavailable { .. })), "{refused:?}");
        assert_eq!(stored(&desk, "gm0344/1").await, None);
    }
}
