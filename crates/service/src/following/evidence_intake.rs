//! Takes a file in while it comes: measures, hashes, scans and stores it, a part at a time.

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};

use crate::frame::error::ServiceError;
use trede_base::hex::hex;
use trede_integrations::file_store::{FileStore, FileStoreError, Incoming};
use trede_integrations::malware_scanner::{MalwareScanner, Scan, ScannerError, Verdict};
use trede_model::following::evidence::{MediaType, ScanState};

/// As much of a file as says of what kind it is.
const HEAD: usize = 8192;

/// Where evidence is kept, and what is asked of it.
#[derive(Clone)]
pub struct EvidenceDesk {
    /// Where.
    pub files: FileStore,
    /// Who looks for malware; none is told with each file.
    pub scanner: Option<MalwareScanner>,
    /// The most bytes of one file.
    pub most_bytes: u64,
}

/// A file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// What the scanner said.
    pub scan: ScanState,
}

impl EvidenceDesk {
    /// A desk that keeps files in memory, without a scanner: for tests and for what takes no files.
    #[must_use]
    pub fn forgetful() -> Self {
        Self { files: FileStore::in_memory(), scanner: None, most_bytes: 25 * 1024 * 1024 }
    }

    /// Takes a file in under a key. Whatever goes wrong, nothing of it stays visible.
    ///
    /// # Errors
    /// [`ServiceError::TooLarge`], [`ServiceError::Invalid`] when it is empty, not of the kind that was said
    /// or holds malware, [`ServiceError::Unavailable`] when store or scanner do not answer.
    pub async fn take_in<E>(
        &self,
        key: &str,
        said: MediaType,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<TakenIn, ServiceError> {
        let mut incoming = self.files.begin(key).await?;
        match self.receive(&mut incoming, said, body).await {
            Ok(taken) => {
                incoming.finish().await?;
                Ok(taken)
            }
            Err(refusal) => {
                // What is left of a write that cannot be abandoned is swept later.
                let _ = incoming.abandon().await;
                Err(refusal)
            }
        }
    }

    async fn receive<E>(
        &self,
        incoming: &mut Incoming,
        said: MediaType,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<TakenIn, ServiceError> {
        let mut body = std::pin::pin!(body);
        let mut scan = self.begin_scan().await?;
        let mut hash = Sha256::new();
        let mut head = Head::default();
        let mut bytes: u64 = 0;
        while let Some(part) = body.next().await {
            let part = part.map_err(|_| broken_off())?;
            bytes = bytes.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
            if bytes > self.most_bytes {
                return Err(ServiceError::TooLarge { most_bytes: self.most_bytes });
            }
            head.take(&part, said)?;
            hash.update(&part);
            if let Some(scan) = &mut scan {
                scan.feed(&part).await?;
            }
            incoming.write(part).await?;
        }
        head.end(said)?;
        let scan = match scan {
            None => ScanState::NotScanned,
            Some(scan) => cleared(scan).await?,
        };
        Ok(TakenIn { bytes, sha256: hex(&hash.finalize()), scan })
    }

    async fn begin_scan(&self) -> Result<Option<Scan>, ServiceError> {
        match &self.scanner {
            Some(scanner) => Ok(Some(scanner.begin().await?)),
            None => Ok(None),
        }
    }
}

async fn cleared(scan: Scan) -> Result<ScanState, ServiceError> {
    match scan.verdict().await? {
        Verdict::Clean => Ok(ScanState::Clean),
        Verdict::Infected => {
            let detail = "the malware scanner found something in this file; nothing of it is kept";
            Err(ServiceError::invalid("", "malware-found", detail))
        }
    }
}

/// The first bytes of a file, which must be of the kind that was said.
#[derive(Default)]
struct Head {
    bytes: Vec<u8>,
    checked: bool,
}

impl Head {
    fn take(&mut self, part: &[u8], said: MediaType) -> Result<(), ServiceError> {
        if self.checked {
            return Ok(());
        }
        let missing = HEAD.saturating_sub(self.bytes.len());
        self.bytes.extend(part.iter().take(missing));
        if self.bytes.len() >= HEAD { self.check(said) } else { Ok(()) }
    }

    fn end(&mut self, said: MediaType) -> Result<(), ServiceError> {
        if self.bytes.is_empty() {
            return Err(ServiceError::invalid("", "file-empty", "the file has no content"));
        }
        if self.checked { Ok(()) } else { self.check(said) }
    }

    fn check(&mut self, said: MediaType) -> Result<(), ServiceError> {
        self.checked = true;
        if looks_like(&self.bytes, said) {
            return Ok(());
        }
        let detail = format!("this content is not of the kind that Content-Type says, {said}");
        Err(ServiceError::invalid("", "content-mismatch", detail))
    }
}

/// Whether a file that begins so can be of the kind. Each kind is asked for by itself: what else there is need
/// not be recognised.
fn looks_like(head: &[u8], kind: MediaType) -> bool {
    match kind {
        MediaType::Pdf => infer::archive::is_pdf(head),
        MediaType::Png => infer::image::is_png(head),
        MediaType::Jpeg => infer::image::is_jpeg(head),
        MediaType::Webp => infer::image::is_webp(head),
        MediaType::Xlsx => infer::doc::is_xlsx(head),
        MediaType::Ods => infer::odf::is_ods(head),
        MediaType::Csv => is_text(head),
    }
}

/// Text has no control characters besides those that lay it out; UTF-8 and the older encodings agree on that.
fn is_text(head: &[u8]) -> bool {
    head.iter().all(|byte| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\n' | b'\r'))
}

fn broken_off() -> ServiceError {
    ServiceError::invalid("", "unreadable-body", "the body broke off or could not be read")
}

impl From<FileStoreError> for ServiceError {
    fn from(error: FileStoreError) -> Self {
        match error {
            FileStoreError::Missing => Self::NotFound { what: "file" },
            FileStoreError::Unavailable(cause) => Self::Unavailable { what: "the store of files", cause },
        }
    }
}

impl From<ScannerError> for ServiceError {
    fn from(error: ScannerError) -> Self {
        Self::Unavailable { what: "the malware scanner", cause: Box::new(error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_content_can_be_looked_at(head: Vec<u8>, start in 0_usize..4) {
            let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", b"RIFF", b"\xFF\xD8\xFF"];
            let content = [starts[start], &head].concat();
            for kind in MediaType::ALL {
                looks_like(&content, *kind);
            }
        }
    }
}
