//! What the program writes is for its owner alone.

use std::fs;

use crate::survival::server::Server;

#[cfg(unix)]
#[test]
fn what_the_program_writes_is_read_by_nobody_else() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("trede.db").display());
    let anchors = folder.path().join("anchors");
    let _server = Server::start_with(&url, &[("TREDE_ANCHOR_FILE", anchors.display().to_string())]);
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(Result::unwrap).collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{file:?}");
    }
}
