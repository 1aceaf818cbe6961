//! How firmly a ranking stands: what happens when a bidder drops out, how far a weight can shift before the
//! winner changes, and what each loser needed to win.

mod drop_out;
mod interval;
mod margin;
mod stability;

pub use drop_out::{DropOutEffect, drop_out_effects};
pub use interval::Interval;
pub use margin::{Margin, margins};
pub use stability::{Stability, Varied, stability};
