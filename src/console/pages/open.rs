//! Pages without a log-in, where a municipality opened its data: try a bid, check an outcome. What is sent to them is
//! worked out and forgotten.

use super::{Act, Body, Page, Read};
use crate::console::prepare;

/// What there is to look at.
const OVERVIEW: &str = "/open/{municipality}";

/// A published tender and its lots.
const TENDER: &str = "/open/{municipality}/tenders/{tenderId}";

/// What social return came to in a year.
const YEAR: &str = "/open/{municipality}/year/{year}";

/// The numbers of that year.
pub const THE_YEAR: Read = Read::must("report", "get_open_year");

/// The pages.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: OVERVIEW,
        name: "open",
        reads: &[
            Read::must("tenders", "list_open_tenders").query("limit=100&cursor={query/cursor|}"),
            Read::may("told", "list_open_years"),
        ],
        acts: &[],
        trail: &[],
        prepare: None,
    },
    Page {
        path: "/open/{municipality}/check",
        name: "open_check",
        reads: &[Read::must("tenders", "list_open_tenders").query("limit=1")],
        acts: &[Act::new("compare_evaluation_record", "")
            .query("language={language}")
            .body(Body::Document("/document"))],
        trail: &[OVERVIEW],
        prepare: Some(prepare::open_check),
    },
    Page {
        path: YEAR,
        name: "open_year",
        reads: &[
            THE_YEAR,
            Read::may("told", "list_open_years"),
            // Whether there is an overview to go back to.
            Read::may("tenders", "list_open_tenders").query("limit=1"),
        ],
        acts: &[],
        trail: &[],
        prepare: Some(prepare::open_year),
    },
    Page {
        path: TENDER,
        name: "open_tender",
        reads: &[Read::must("tender", "get_open_tender")],
        acts: &[],
        trail: &[OVERVIEW],
        prepare: None,
    },
    Page {
        path: "/open/{municipality}/tenders/{tenderId}/lots/{lotId}",
        name: "open_score",
        reads: &[Read::must("tender", "get_open_tender"), Read::must("score_file", "get_open_score_file")],
        acts: &[Act::new("simulate_bid", "").query("language={language}")],
        trail: &[OVERVIEW, TENDER],
        prepare: Some(prepare::open_score),
    },
];
