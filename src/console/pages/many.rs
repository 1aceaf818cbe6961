//! Acts on many entries or contracts: first what will happen, then what did.

use super::{Act, HOME, PLAIN, PORTFOLIO, Page, TO_DECIDE};
use crate::console::prepare;

/// A rehearsal asks for a reason too, which is given once it is known what will happen; it is kept nowhere.
const REASON_LATER: &[(&str, &str)] = &[("/reason", "today")];
/// As [`REASON_LATER`], and for whom.
const COORDINATOR_LATER: &[(&str, &str)] = &[("/reason", "today"), ("/coordinator", "me/subject")];

const fn rehearsal(name: &'static str, operation: &'static str) -> Act {
    Act::new(operation, "").named(name).query("dryRun=true")
}

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
