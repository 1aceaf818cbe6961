//! A migration that is added is embedded at the next build.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
