//! What the program asks of the operating system for itself.

/// Whatever this program writes (databases, their logs, backups, evidence, anchors) is read by nobody else on the
/// machine, unless the operator decides so afterwards.
pub fn keep_files_private() {
    #[cfg(unix)]
    {
        use rustix::fs::Mode;
        rustix::process::umask(Mode::RWXG | Mode::RWXO);
    }
}

/// Opens as many files at once as the operator allows at all; shells begin with a limit that is far below the
/// connections that the service takes.
pub(super) fn allow_open_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        // Where it is refused, the limit stays as it was.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    }
}
