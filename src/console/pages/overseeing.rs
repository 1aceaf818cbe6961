//! What is looked at from a distance: the year, policies, suppliers, the audit trail.

use super::{Act, HOME, PLAIN, Page, Read};
use crate::console::prepare;

/// The pages.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: "/{municipality}/years/{year}",
        name: "year",
        reads: &[Read::must("report", "get_annual_report"), Read::may("opened", "get_open_year_settings")],
        acts: &[Act::new("update_open_year_settings", "/{municipality}/years/{year}")],
        prepare: Some(prepare::year),
        ..PLAIN
    },
    Page {
        path: "/{municipality}/policies",
        name: "policies",
        reads: &[Read::must("policies", "list_social_return_policies")],
        ..PLAIN
    },
    Page {
        path: "/{municipality}/policies/new",
        name: "policy_new",
        reads: &[Read::may("of", "get_social_return_policy").with(&[("policyId", "query/of")])],
        acts: &[Act::new("create_social_return_policy", "/{municipality}/policies/{answer/id}")],
        trail: &[HOME, "/{municipality}/policies"],
        prepare: Some(prepare::policy_new),
    },
    Page {
        path: "/{municipality}/policies/{policyId}",
        name: "policy",
        reads: &[Read::must("policy", "get_social_return_policy")],
        trail: &[HOME, "/{municipality}/policies"],
        ..PLAIN
    },
    Page {
        path: "/{municipality}/suppliers",
        name: "suppliers",
        reads: &[Read::must("suppliers", "list_certified_suppliers")
            .query("cpv={query/cpv|}&region={query/region|}")],
        ..PLAIN
    },
    Page {
        path: "/{municipality}/audit",
        name: "audit",
        reads: &[
            Read::must("records", "list_audit_records").query("limit=100&cursor={query/cursor|}"),
            Read::may("anchors", "list_audit_anchors"),
        ],
        ..PLAIN
    },
];
