//! The log of this process, as the service writes it.

use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

static ALONE: Mutex<()> = Mutex::new(());

/// The log while nobody else writes in it.
pub struct Log {
    kept: Kept,
    _alone: MutexGuard<'static, ()>,
}

/// Everything is logged, as finely as it goes.
pub fn begin() -> Log {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    let alone = ALONE.lock().unwrap_or_else(|error| error.into_inner());
    let kept = KEPT.get_or_init(|| {
        let kept = Kept::default();
        tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_env_filter("trace")
            .with_writer(kept.clone())
            .init();
        kept
    });
    kept.0.lock().unwrap().clear();
    Log { kept: kept.clone(), _alone: alone }
}

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8(self.kept.0.lock().unwrap().clone()).unwrap()
    }
}
