//! From a published tender to scored bids: bids, the opening, my scoring, the scoring of a lot.

use super::{Act, HOME, LOT, PLAIN, Page, Read, TENDER, TENDERS};
use crate::console::prepare;

const OF_TENDER: Read = Read::must("tender", "get_tender");
const OF_LOT: Read = Read::must("lot", "get_lot");
const MODEL: Read = Read::may("model", "get_award_model");
const BIDS: Read = Read::may("bids", "list_bids").query("limit=100");
const BIDS_PAGE: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/bids";
const MY_SCORING: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/my-scoring";
const SCORING: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/scoring";
const OPENING: &str = "/{municipality}/tenders/{tenderId}/opening";

/// The pages.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: OPENING,
        name: "opening",
        reads: &[
            OF_TENDER,
            Read::may("openings", "list_openings"),
            Read::may("lots", "list_lots"),
            Read::may("split", "get_key_split"),
        ],
        acts: &[Act::new("open_tender", OPENING)],
        trail: &[HOME, TENDERS, TENDER],
        prepare: Some(prepare::opening),
    },
    Page {
        path: BIDS_PAGE,
        name: "bids",
        reads: &[
            OF_TENDER,
            OF_LOT,
            BIDS,
            Read::may("verdictsOf", "list_pso_verdicts").each("bids/items", &[("bidId", "item/id")]),
            Read::may("inquiries", "list_low_price_inquiries"),
            MODEL,
        ],
        acts: &[
            Act::new("disqualify_bid", BIDS_PAGE),
            Act::new("create_low_price_inquiry", BIDS_PAGE),
            Act::new("accept_pso_equivalence", BIDS_PAGE),
            Act::new("create_pso_verification", BIDS_PAGE),
        ],
        trail: &[HOME, TENDERS, TENDER, LOT],
        ..PLAIN
    },
    Page {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/my-bid",
        name: "my_bid",
        reads: &[OF_TENDER, OF_LOT, MODEL],
        acts: &[
            Act::new("create_bid", ""),
            Act::new("withdraw_bid", ""),
            Act::new("create_bid_delegation", ""),
            Act::new("withdraw_bid_delegation", ""),
        ],
        trail: &[HOME, TENDERS, TENDER, LOT],
        prepare: Some(prepare::my_bid),
    },
    Page {
        path: MY_SCORING,
        name: "my_scoring",
        reads: &[
            OF_TENDER,
            OF_LOT,
            Read::must("model", "get_award_model"),
            BIDS,
            Read::may("assessments", "list_assessments").query("limit=100"),
            Read::may("mine", "get_assessment").each("assessments/items", &[("assessmentId", "item/id")]),
        ],
        acts: &[
            Act::new("declare_interests", MY_SCORING),
            Act::new("create_assessment", MY_SCORING),
            Act::new("update_assessment", MY_SCORING),
            Act::new("submit_assessment", MY_SCORING),
        ],
        trail: &[HOME, TENDERS, TENDER, LOT],
        prepare: Some(prepare::my_scoring),
    },
    Page {
        path: SCORING,
        name: "scoring",
        reads: &[
            OF_TENDER,
            OF_LOT,
            Read::must("model", "get_award_model"),
            BIDS,
            Read::must("assessments", "list_assessments").query("limit=100"),
            Read::may("dossier", "list_dossier_entries").query("limit=100"),
        ],
        acts: &[
            Act::new("record_consensus_session", SCORING),
            Act::new("take_interest_measure", SCORING),
            Act::new("conclude_quality", SCORING),
            Act::new("reopen_quality", SCORING),
        ],
        trail: &[HOME, TENDERS, TENDER, LOT],
        prepare: Some(prepare::scoring),
    },
];
