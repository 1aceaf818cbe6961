//! Takes the engine for browsers into the program: the WebAssembly that `TREDE_ENGINE` names, which `.ci/wasm` builds.
//! Without one the pages say that what is typed leaves the browser.

use std::path::PathBuf;
use std::{env, fs, io};

#[allow(clippy::disallowed_methods, reason = "a build script is told by the environment")]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=TREDE_ENGINE");
    let engine = match env::var_os("TREDE_ENGINE").filter(|path| !path.is_empty()) {
        Some(path) => {
            println!("cargo::rerun-if-changed={}", PathBuf::from(&path).display());
            fs::read(&path).map_err(|error| io::Error::other(format!("TREDE_ENGINE={path:?}: {error}")))?
        }
        None => Vec::new(),
    };
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or(io::ErrorKind::NotFound)?;
    fs::write(out.join("engine.wasm"), engine)
}
