//! A policy of social return to enter: from a shipped template, an earlier version, or nothing.

use serde_json::{Value, json};

use super::text;
use crate::console::language::Language;
use crate::console::read::put;

/// The templates that come along.
const TEMPLATES: [&str; 5] = [
    include_str!("../../../examples/policies/haaglanden-zuid-holland-centraal-2023.json"),
    include_str!("../../../examples/policies/leiden-2023.json"),
    include_str!("../../../examples/policies/rijnvicus.json"),
    include_str!("../../../examples/policies/utrecht-nieuwste.json"),
    include_str!("../../../examples/policies/utrecht-2015.json"),
];

/// The policy to start from, and which there are.
pub(in crate::console) fn policy_new(known: &mut Value, _: Language) {
    let templates: Vec<Value> =
        TEMPLATES.iter().filter_map(|template| serde_json::from_str(template).ok()).collect();
    let code = |policy: &Value| format!("{}-{}", text(policy, "code"), text(policy, "version"));
    let chosen = text(known, "query/from").to_owned();
    let template = templates.iter().find(|policy| code(policy) == chosen).cloned();
    let source = template.or_else(|| known.pointer("/of/policy").cloned()).unwrap_or_else(|| json!({}));
    let name = |policy: &Value| json!({"code": code(policy), "name": format!("{} ({})", text(policy, "name"), text(policy, "version"))});
    put(known, "templates", templates.iter().map(name).collect::<Vec<_>>().into());
    put(known, "source", source);
}
