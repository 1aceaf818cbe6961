//! The console, in process: its forms do a buyer's work without a script, and nothing of another site does.

mod access;
mod agreement;
mod browser;
mod contractor;
mod following;
mod forms;
mod laboratory;
mod many;
mod markup;
mod open;
mod story;
mod tables;
mod years;
