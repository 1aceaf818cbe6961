//! From scored bids to an award: evaluation, why this rank, decision, letters, report, dossier.

use super::{Act, HOME, LOT, PLAIN, Page, Read, TENDER, TENDERS};
use crate::console::prepare;

const OF_TENDER: Read = Read::must("tender", "get_tender");
const OF_LOT: Read = Read::must("lot", "get_lot");
const EVALUATIONS: Read = Read::must("evaluations", "list_evaluations").query("limit=100");
const LATEST: Read =
    Read::may("evaluation", "get_evaluation").with(&[("evaluationId", "evaluations/items/-/id")]);
const EVALUATION: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluation";
const DECISION: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/decision";
const LETTERS: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/letters";
const CALL_OFFS: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/call-offs";
const IN_LOT: &[&str] = &[HOME, TENDERS, TENDER, LOT];

/// The pages.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: EVALUATION,
        name: "evaluation",
        reads: &[OF_TENDER, OF_LOT, EVALUATIONS, LATEST],
        acts: &[Act::new("create_evaluation", EVALUATION)],
        trail: IN_LOT,
        prepare: Some(prepare::evaluation),
    },
    Page {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluation/{bidId}",
        name: "why",
        reads: &[OF_TENDER, OF_LOT, EVALUATIONS, LATEST],
        trail: &[HOME, TENDERS, TENDER, LOT, EVALUATION],
        prepare: Some(prepare::why),
        ..PLAIN
    },
    Page {
        path: DECISION,
        name: "decision",
        reads: &[
            OF_TENDER,
            OF_LOT,
            EVALUATIONS,
            LATEST,
            Read::may("decision", "get_award_decision"),
            Read::may("dossier", "list_dossier_entries").query("limit=100"),
            Read::may("model", "get_award_model"),
        ],
        acts: &[
            Act::new("propose_award", DECISION),
            Act::new("extend_standstill", DECISION),
            Act::new("lodge_objection", DECISION),
            Act::new("resolve_objection", DECISION),
            Act::new("award_lot", DECISION),
            Act::new("withdraw_winner", DECISION),
            Act::new("withdraw_award_proposal", DECISION),
        ],
        trail: IN_LOT,
        prepare: Some(prepare::decision),
    },
    Page {
        path: CALL_OFFS,
        name: "call_offs",
        reads: &[
            OF_TENDER,
            OF_LOT,
            Read::must("orders", "list_call_offs").query("limit=100&cursor={query/cursor|}"),
            Read::may("turns", "get_call_off_turns"),
            Read::may("tenders", "list_tenders").query("limit=100&cursor={query/tenders|}"),
            Read::may("competition", "get_tender").with(&[("tenderId", "query/competition")]),
            Read::may("competed", "list_lots").with(&[("tenderId", "query/competition")]).query("limit=100"),
        ],
        acts: &[Act::new("create_call_off", CALL_OFFS)],
        trail: &[HOME, TENDERS, TENDER, LOT, DECISION],
        prepare: Some(prepare::call_offs),
    },
    Page {
        path: LETTERS,
        name: "letters",
        reads: &[OF_TENDER, OF_LOT, Read::must("letters", "list_award_letters").query("limit=100")],
        trail: IN_LOT,
        ..PLAIN
    },
    Page {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/letters/{letterId}",
        name: "letter",
        reads: &[OF_TENDER, OF_LOT, Read::must("letter", "get_award_letter")],
        trail: &[HOME, TENDERS, TENDER, LOT, LETTERS],
        ..PLAIN
    },
    Page {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/report",
        name: "report",
        reads: &[
            OF_TENDER,
            OF_LOT,
            Read::may("report", "get_evaluation_report"),
            Read::may("dossier", "list_dossier_entries").query("limit=100"),
        ],
        acts: &[Act::new("supplement_report", "/{municipality}/tenders/{tenderId}/lots/{lotId}/report")],
        trail: IN_LOT,
        prepare: Some(prepare::report),
    },
];
