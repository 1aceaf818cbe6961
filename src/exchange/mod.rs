//! What crosses the border: the wire types that file, API and command line share.

pub mod number;
pub mod offer;
pub mod score_file;
