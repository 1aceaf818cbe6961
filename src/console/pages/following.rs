//! From an award to what was done: portfolio, contract, what waits for a decision, entries.

use super::{Act, Body, CONTRACT, HOME, PLAIN, PORTFOLIO, Page, Read, TO_DECIDE};
use crate::console::prepare;

const OF_CONTRACT: Read = Read::must("contract", "get_contract");
const POLICY: Read =
    Read::may("policy", "get_social_return_policy").with(&[("policyId", "contract/policyId")]);
const ENTRY: &str = "/{municipality}/contracts/{contractId}/entries/{entryId}";
/// The entry that waits longest, of those that the one who decides looks at.
const NEXT: Read = Read::may("next", "list_all_entries")
    .query("state=submitted&sort=changed&limit=1&coordinator={query/coordinator|}");
const THE_NEXT: &str = "/{municipality}/contracts/{next/items/0/contractId}/entries/{next/items/0/id}\
     ?coordinator={query/coordinator|}";

/// The pages.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: PORTFOLIO,
        name: "portfolio",
        reads: &[
            Read::must("portfolio", "get_portfolio").search(
                "own={query/own|false}&text={query/text|}&risk={query/risk|}&state={query/state|}\
                 &contractor={query/contractor|}&coordinator={query/coordinator|}\
                 &externalReference={query/externalReference|}",
            ),
            Read::may("completeness", "get_completeness_report"),
        ],
        prepare: Some(prepare::portfolio),
        ..PLAIN
    },
    Page {
        path: "/{municipality}/contracts",
        name: "contracts",
        reads: &[
            Read::must("contracts", "list_contracts").query("limit=100&cursor={query/cursor|}"),
            Read::may("progressOf", "get_contract_progress")
                .each("contracts/items", &[("contractId", "item/id")]),
        ],
        prepare: Some(prepare::contracts),
        ..PLAIN
    },
    Page {
        path: "/{municipality}/contracts/new",
        name: "contract_new",
        acts: &[Act::new("create_contract", "/{municipality}/contracts/{answer/id}")],
        trail: &[HOME, PORTFOLIO],
        ..PLAIN
    },
    Page {
        path: CONTRACT,
        name: "contract",
        reads: &[
            OF_CONTRACT,
            POLICY,
            Read::may("progress", "get_contract_progress"),
            Read::may("balance", "get_contract_balance"),
            Read::may("entries", "list_entries").query("limit=100"),
            Read::may("milestones", "list_milestones"),
            Read::may("plans", "list_plans"),
            Read::may("changes", "list_contract_changes"),
            Read::may("settlements", "list_settlements"),
        ],
        acts: &[
            Act::new("determine_obligation", CONTRACT),
            Act::new("submit_plan", CONTRACT),
            Act::new("decide_plan", CONTRACT),
            Act::new("complete_milestone", CONTRACT),
            Act::new("settle_contract", CONTRACT),
        ],
        trail: &[HOME, "/{municipality}/contracts"],
        prepare: Some(prepare::contract),
    },
    Page {
        path: "/{municipality}/contracts/{contractId}/entries/new",
        name: "entry_new",
        reads: &[OF_CONTRACT, POLICY],
        acts: &[Act::new("create_entry", "/{municipality}/contracts/{contractId}/entries/{answer/id}")],
        trail: &[HOME, "/{municipality}/contracts", CONTRACT],
        prepare: Some(prepare::entry_fields),
    },
    Page {
        path: "/{municipality}/contracts/{contractId}/entries/{entryId}/edit",
        name: "entry_edit",
        reads: &[OF_CONTRACT, POLICY, Read::must("entry", "get_entry")],
        acts: &[Act::new("update_entry", ENTRY)],
        trail: &[HOME, "/{municipality}/contracts", CONTRACT, ENTRY],
        prepare: Some(prepare::entry_fields),
    },
    Page {
        path: ENTRY,
        name: "entry",
        reads: &[
            OF_CONTRACT,
            POLICY,
            Read::must("entry", "get_entry"),
            Read::may("effects", "get_entry_effects"),
            Read::may("steps", "list_entry_steps"),
            Read::may("evidence", "list_evidence_files"),
            Read::may("balance", "get_contract_balance"),
        ],
        acts: &[
            Act::new("submit_entry", ENTRY),
            Act::new("create_evidence_file", ENTRY).query("kind={sent/kind|other}").body(Body::File("/file")),
            Act::new("approve_entry", THE_NEXT).next(NEXT, TO_DECIDE),
            Act::new("return_entry", THE_NEXT).next(NEXT, TO_DECIDE),
            Act::new("reject_entry", THE_NEXT).next(NEXT, TO_DECIDE),
            Act::new("reverse_entry", ENTRY),
        ],
        trail: &[HOME, "/{municipality}/contracts", CONTRACT],
        prepare: Some(prepare::entry),
    },
    Page {
        path: TO_DECIDE,
        name: "to_decide",
        reads: &[
            Read::must("waiting", "list_all_entries").search(
                "state=submitted&sort=changed&limit=100&cursor={query/cursor|}&text={query/text|}\
                 &block={query/block|}&contractor={query/contractor|}&coordinator={query/coordinator|}\
                 &externalReference={query/externalReference|}",
            ),
            Read::may("portfolio", "get_portfolio").query("limit=2000"),
        ],
        prepare: Some(prepare::to_decide),
        ..PLAIN
    },
];
