//! Files, in a folder or in an S3-compatible store, always passed through in parts and never whole in memory.

use std::fs;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
#[cfg(feature = "s3")]
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use thiserror::Error;

/// The parts in which a file is written: the least that S3 takes.
const PART_BYTES: usize = 5 * 1024 * 1024;

/// A store that does not do what was asked.
#[derive(Debug, Error)]
pub enum FileStoreError {
    /// The file is not there.
    #[error("the file is not in the store")]
    Missing,
    /// The store answers with an error, or not at all.
    #[error("the file store does not answer as it should: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<object_store::Error> for FileStoreError {
    /// Where no file was asked for, what was not found is the bucket itself.
    fn from(error: object_store::Error) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

/// Why a file that was asked for is not to be had.
fn of_file(error: object_store::Error) -> FileStoreError {
    match error {
        object_store::Error::NotFound { .. } => FileStoreError::Missing,
        error => error.into(),
    }
}

impl From<std::io::Error> for FileStoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

/// How an S3-compatible store is reached.
#[cfg(feature = "s3")]
#[derive(Clone, Debug)]
pub struct S3Access {
    /// The bucket.
    pub bucket: String,
    /// Its region.
    pub region: String,
    /// The address of the store where it is not Amazon's own; `http://` is taken as it stands.
    pub endpoint: Option<String>,
    /// The key's id.
    pub access_key_id: String,
    /// The key.
    pub secret_access_key: String,
}

/// Where files are kept; clones are the same store.
#[derive(Clone)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
}

impl FileStore {
    /// A store that forgets everything when it is dropped, for tests.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { store: Arc::new(InMemory::new()), folder: None }
    }

    /// A store in a folder, which is made when it is not there. What is acknowledged survives power loss.
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`] when the folder cannot be made or read.
    pub fn in_folder(folder: &FilePath) -> Result<Self, FileStoreError> {
        fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let store = LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Some(folder) })
    }

    /// A store in a bucket. Nothing is asked of it yet.
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`] when the access does not fit together.
    #[cfg(feature = "s3")]
    pub fn in_bucket(access: &S3Access) -> Result<Self, FileStoreError> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&access.bucket)
            .with_region(&access.region)
            .with_access_key_id(&access.access_key_id)
            .with_secret_access_key(&access.secret_access_key);
        if let Some(endpoint) = &access.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Self { store: Arc::new(builder.build()?), folder: None })
    }

    /// Begins to write a file. Nobody sees it before [`Incoming::finish`].
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`].
    pub async fn begin(&self, key: &str) -> Result<Incoming, FileStoreError> {
        let upload = self.store.put_multipart(&Path::from(key)).await?;
        Ok(Incoming(WriteMultipart::new_with_chunk_size(upload, PART_BYTES)))
    }

    /// The content of a file, in parts.
    ///
    /// # Errors
    /// [`FileStoreError::Missing`], [`FileStoreError::Unavailable`].
    pub async fn read(
        &self,
        key: &str,
    ) -> Result<BoxStream<'static, Result<Bytes, FileStoreError>>, FileStoreError> {
        let found = self.store.get(&Path::from(key)).await.map_err(of_file)?;
        Ok(found.into_stream().map_err(FileStoreError::from).boxed())
    }

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`].
    pub async fn remove(&self, key: &str) -> Result<(), FileStoreError> {
        match self.store.delete(&Path::from(key)).await.map_err(of_file) {
            Err(FileStoreError::Missing) => Ok(()),
            outcome => outcome,
        }
    }

    /// The keys of the files that were written before a moment, as they come.
    pub fn written_before(
        &self,
        moment: DateTime<Utc>,
    ) -> BoxStream<'static, Result<String, FileStoreError>> {
        self.store
            .list(None)
            .map_err(FileStoreError::from)
            .try_filter_map(move |file| async move {
                Ok((file.last_modified < moment).then(|| file.location.to_string()))
            })
            .boxed()
    }

    /// Removes what writes that never ended left in a folder longer ago than `age`, and answers how many. In
    /// a bucket a rule of its life cycle does this.
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`] when the folder cannot be read.
    pub fn remove_unfinished(&self, age: Duration, now: SystemTime) -> Result<usize, FileStoreError> {
        let mut removed = 0;
        for folder in self.folder.iter().flat_map(fs::read_dir).flatten().flatten() {
            for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
                let written = file.metadata()?.modified()?;
                let is_old = now.duration_since(written).is_ok_and(|since| since > age);
                if is_old && file.file_name().to_string_lossy().contains('#') {
                    fs::remove_file(file.path())?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

/// A file that is being written.
pub struct Incoming(WriteMultipart);

impl Incoming {
    /// Takes the next part; waits while the one before it is still being written.
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`].
    pub async fn write(&mut self, part: Bytes) -> Result<(), FileStoreError> {
        self.0.wait_for_capacity(1).await?;
        self.0.put(part);
        Ok(())
    }

    /// Makes the file visible.
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`]; then nothing remains.
    pub async fn finish(self) -> Result<(), FileStoreError> {
        self.0.finish().await?;
        Ok(())
    }

    /// Throws away what was written.
    ///
    /// # Errors
    /// [`FileStoreError::Unavailable`].
    pub async fn abandon(self) -> Result<(), FileStoreError> {
        Ok(self.0.abort().await?)
    }
}
