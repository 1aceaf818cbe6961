//! From an idea to a published tender: home, tenders, lots, award models, simulations.

use super::{Act, HOME, LOT, PLAIN, Page, Read, TENDER, TENDERS};
use crate::console::prepare;

/// Every list of a municipality's tenders, with the lots of each.
const WITH_LOTS: Read = Read::may("lotsOf", "list_lots").each("tenders/items", &[("tenderId", "item/id")]);
const OF_TENDER: Read = Read::must("tender", "get_tender");
const LOTS: Read = Read::may("lots", "list_lots");
const OF_LOT: Read = Read::must("lot", "get_lot");
const AWARD_MODEL: &str = "/{municipality}/tenders/{tenderId}/lots/{lotId}/award-model";
const MODEL: Read = Read::may("model", "get_award_model");

const OWN_CONTRACT: &[(&str, &str)] =
    &[("municipality", "item/municipality"), ("contractId", "item/contract/id")];
const OWN_ENTRY: &[(&str, &str)] = &[
    ("municipality", "item/municipality"),
    ("contractId", "item/entry/contractId"),
    ("entryId", "item/entry/id"),
];

/// The pages.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: "/",
        name: "start",
        reads: &[Read::may("municipalities", "list_municipalities").query("limit=100")],
        trail: &[],
        ..PLAIN
    },
    Page {
        path: HOME,
        name: "home",
        reads: &[
            Read::may("tenders", "list_tenders").query("limit=100"),
            WITH_LOTS,
            Read::may("openingsOf", "list_openings").each("tenders/items", &[("tenderId", "item/id")]),
            Read::may("portfolio", "get_portfolio"),
            Read::may("waiting", "list_all_entries").query("state=submitted&sort=changed&limit=100"),
            // Only the token of an organisation has a number: a contractor looks over all its municipalities.
            Read::may("ownContracts", "list_own_contracts")
                .query("limit=100&sort=ends-on&contractor={me/kvk}"),
            Read::may("progressOf", "get_contract_progress").each("ownContracts/items", OWN_CONTRACT),
            Read::may("ownEntries", "list_own_entries")
                .query("state=returned,draft&sort=changed&limit=100&contractor={me/kvk}"),
            Read::may("stepsOf", "list_entry_steps").each("ownEntries/items", OWN_ENTRY),
            Read::may("municipalities", "list_municipalities").query("limit=100"),
        ],
        trail: &[],
        prepare: Some(prepare::home),
        ..PLAIN
    },
    Page {
        path: TENDERS,
        name: "tenders",
        reads: &[Read::must("tenders", "list_tenders").query("limit=100&cursor={query/cursor|}"), WITH_LOTS],
        prepare: Some(prepare::tenders),
        ..PLAIN
    },
    Page {
        path: "/{municipality}/tenders/new",
        name: "tender_new",
        acts: &[Act::new("create_tender", "/{municipality}/tenders/{answer/id}")],
        trail: &[HOME, TENDERS],
        ..PLAIN
    },
    Page {
        path: "/{municipality}/tenders/import",
        name: "tender_import",
        acts: &[Act::new("create_notice_import", "/{municipality}/tenders/{answer/tenderId}")
            .query("bidCustody=trede")],
        trail: &[HOME, TENDERS],
        ..PLAIN
    },
    Page {
        path: TENDER,
        name: "tender",
        reads: &[
            OF_TENDER,
            LOTS,
            Read::may("stepsOf", "list_lot_steps").each("lots/items", &[("lotId", "item/id")]),
            Read::may("openings", "list_openings"),
            Read::may("extensions", "list_deadline_extensions"),
            Read::may("rectifications", "list_rectifications"),
        ],
        acts: &[
            Act::new("publish_tender", TENDER),
            Act::new("cancel_tender", TENDER),
            Act::new("create_deadline_extension", TENDER),
            Act::new("create_rectification", TENDER),
            Act::new("create_lot", "/{municipality}/tenders/{tenderId}/lots/{answer/id}/award-model"),
            Act::new("delete_tender", TENDERS),
        ],
        trail: &[HOME, TENDERS],
        prepare: Some(prepare::tender),
    },
    Page {
        path: "/{municipality}/tenders/{tenderId}/edit",
        name: "tender_edit",
        reads: &[OF_TENDER],
        acts: &[Act::new("update_tender", TENDER)],
        trail: &[HOME, TENDERS, TENDER],
        ..PLAIN
    },
    Page {
        path: LOT,
        name: "lot",
        reads: &[
            OF_TENDER,
            OF_LOT,
            Read::may("steps", "list_lot_steps"),
            Read::may("decision", "get_award_decision"),
            Read::may("evaluations", "list_evaluations"),
            MODEL,
        ],
        acts: &[
            Act::new("update_lot", LOT),
            Act::new("delete_lot", TENDER),
            Act::new("declare_lot_unsuccessful", LOT),
            Act::new("cancel_lot", LOT),
        ],
        trail: &[HOME, TENDERS, TENDER],
        ..PLAIN
    },
    Page {
        path: AWARD_MODEL,
        name: "award_model",
        reads: &[OF_TENDER, OF_LOT, MODEL],
        acts: &[Act::new(
            "replace_award_model",
            "/{municipality}/tenders/{tenderId}/lots/{lotId}/award-model?saved=yes",
        )],
        trail: &[HOME, TENDERS, TENDER, LOT],
        prepare: Some(prepare::award_model),
    },
    Page {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/laboratory",
        name: "laboratory",
        reads: &[OF_TENDER, OF_LOT, MODEL],
        acts: &[Act::new("simulate_award_models", "").query("language={language}")],
        trail: &[HOME, TENDERS, TENDER, LOT, AWARD_MODEL],
        prepare: Some(prepare::laboratory),
    },
    Page {
        path: "/{municipality}/tenders/{tenderId}/lots/{lotId}/simulation",
        name: "simulation",
        reads: &[OF_TENDER, OF_LOT, Read::must("model", "get_award_model")],
        acts: &[Act::new("simulate_award", "")
            .graft(&[("/lots/0/awardModel", "model")])
            .query("language={language}&explain=true&analyse=true")
            .also("weights", "simulate_weights")],
        trail: &[HOME, TENDERS, TENDER, LOT],
        prepare: Some(prepare::simulation),
    },
];
