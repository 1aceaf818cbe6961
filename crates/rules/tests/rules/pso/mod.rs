//! PSO: levels, certificates, consortia, norms and weights, and the contribution that is measured.

mod certificates;
mod consortium;
mod contribution;
mod data_checks;
mod distances;
mod ladders;
mod norms;
mod standing;
mod thirty_plus;
mod verdicts;
mod weights;
mod workforce;
