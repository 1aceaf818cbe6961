//! Acts on many entries or contracts, and tables of them: first what will happen, then what did.

use super::{Act, Body, HOME, PLAIN, PORTFOLIO, Page, Read, TO_DECIDE};
use crate::console::prepare;

/// A rehearsal asks for a reason too, which is given once it is known what will happen; it is kept nowhere.
const REASON_LATER: &[(&str, &str)] = &[("/reason", "today")];
/// As [`REASON_LATER`], and for whom.
const COORDINATOR_LATER: &[(&str, &str)] = &[("/reason", "today"), ("/coordinator", "me/subject")];

const fn rehearsal(name: &'static str, operation: &'static str) -> Act {
    Act::new(operation, "").named(name).query("dryRun=true")
}

const fn table(name: &'static str, operation: &'static str, query: &'static str) -> Act {
    Act::new(operation, "").named(name).query(query).body(Body::File("/file"))
}

const TRIED: &str = "dryRun=true&language={language}";
const TAKEN: &str = "language={language}";

/// The pages.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: "/{municipality}/to-decide/many",
        name: "entries_many",
        acts: &[
            rehearsal("try_approve_entries", "approve_entries"),
            rehearsal("try_return_entries", "return_entries").graft(REASON_LATER),
            rehearsal("try_reject_entries", "reject_entries").graft(REASON_LATER),
            Act::new("approve_entries", "").after("try_approve_entries"),
            Act::new("return_entries", "").after("try_return_entries"),
            Act::new("reject_entries", "").after("try_reject_entries"),
        ],
        trail: &[HOME, TO_DECIDE],
        prepare: Some(prepare::many),
        ..PLAIN
    },
    Page {
        path: "/{municipality}/tables",
        name: "tables",
        reads: &[Read::must("contracts", "list_contracts").query("limit=1")],
        acts: &[
            table("try_entries", "create_entry_import", TRIED),
            table("take_entries", "create_entry_import", TAKEN),
            table("try_contracts", "create_contract_import", TRIED),
            table("take_contracts", "create_contract_import", TAKEN),
        ],
        ..PLAIN
    },
    Page {
        path: "/{municipality}/portfolio/many",
        name: "contracts_many",
        acts: &[
            rehearsal("try_determine_obligations", "determine_obligations"),
            rehearsal("try_assign_contracts", "assign_contracts").graft(COORDINATOR_LATER),
            Act::new("determine_obligations", "").after("try_determine_obligations"),
            Act::new("assign_contracts", "").after("try_assign_contracts"),
        ],
        trail: &[HOME, PORTFOLIO],
        prepare: Some(prepare::many),
        ..PLAIN
    },
];
