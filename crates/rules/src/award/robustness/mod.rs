//! How firmly a ranking stands: what happens when a bidder drops out, how far a weight can shift before the
//! winner changes, and what each loser needed to win.

mod cost;
mod drop_out;
mod fan;
mod gains;
mod interval;
mod margin;
mod rival;
mod stability;
mod what_if;

pub use cost::{AnalysisCost, MOST_STEPS, analysis_cost};
pub use drop_out::{DropOutEffect, drop_out_effects};
pub use fan::{FanLine, LeaderChange, WeightFan, weight_fans};
pub use gains::ScoreMargin;
pub use interval::Interval;
pub use margin::{Margin, margins};
pub use stability::{Stability, Varied, stability};
