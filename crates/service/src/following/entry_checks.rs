//! What can be wrong with an entry whatever the policy says.

use crate::following::entry_follow_ups;
use crate::frame::findings::{Findings, TEXT, TITLE};
use trede_base::bsn::holds_bsn;
use trede_model::following::entry::{EntryContent, EntryKind};
use trede_wire::social_return_case::EntryInput;

/// The most characters of a reference or number.
const REFERENCE: usize = 100;

/// What can be wrong with an entry whatever the policy says.
pub(super) fn check(findings: &mut Findings, content: &EntryContent) {
    findings.optional_text("/externalReference", content.external_reference.as_deref(), TITLE);
    findings.text("/description", &content.description, TEXT);
    findings.optional_text("/candidateReference", content.candidate.as_deref(), REFERENCE);
    findings.optional_text("/otherHours", content.other_hours.as_deref(), TEXT);
    findings.optional_text("/invoiceNumber", content.invoice_number.as_deref(), REFERENCE);
    for (pointer, text) in [
        ("/description", Some(&content.description)),
        ("/candidateReference", content.candidate.as_ref()),
        ("/externalReference", content.external_reference.as_ref()),
        ("/otherHours", content.other_hours.as_ref()),
    ] {
        refuse_bsn(findings, pointer, text);
    }
    findings.needed_text("/facts/block", &content.block, REFERENCE);
    findings.date("/facts/period/from", content.period_from);
    findings.date("/facts/period/until", content.period_until);
    if content.kind.has_candidate() {
        if content.candidate.is_none() && content.person_key.is_none() {
            let detail = format!("a {} needs the reference or the key of its candidate", content.kind);
            findings.add("/candidateReference", "candidate-needed", detail);
        }
        if content.period_from.is_none() {
            findings.add("/facts/period", "fact-missing", format!("a {} needs its period", content.kind));
        }
    } else if content.candidate.is_some() || content.person_key.is_some() {
        let detail = format!("`{}` is not about one person", content.kind);
        findings.add("/candidateReference", "field-unused", detail);
    }
    let purchase = content.kind == EntryKind::Purchase;
    for (pointer, given) in [
        ("/supplierKvkNumber", content.supplier.is_some()),
        ("/invoiceNumber", content.invoice_number.is_some()),
    ] {
        if purchase && !given {
            findings.add(
                pointer,
                "fact-missing",
                "a purchase needs its supplier and the number of the invoice",
            );
        }
    }
    if content.kind == EntryKind::CarryOver {
        let detail = "what another contract left is carried over by the coordinator";
        findings.add("/kind", "not-an-effort", detail);
    }
    if content.kind == EntryKind::Cash && content.description.trim().is_empty() {
        findings.add("/description", "text-needed", "money is an exception; say why");
    }
}

/// What can be wrong with the facts that are kept as they were given.
pub(super) fn check_facts(findings: &mut Findings, kind: EntryKind, facts: &EntryInput) {
    findings.optional_text("/facts/register", facts.register.as_deref(), REFERENCE);
    refuse_bsn(findings, "/facts/register", facts.register.as_ref());
    findings.date("/facts/placementStartedOn", facts.placement_started_on);
    findings.date("/facts/wageCostSubsidyUntil", facts.wage_cost_subsidy_until);
    findings.date("/facts/benefitEndedOn", facts.benefit_ended_on);
    findings.date("/facts/agreedOn", facts.agreed_on);
    findings.optional_text("/facts/unit", facts.unit.as_deref(), REFERENCE);
    findings.optional_text("/facts/district", facts.district.as_deref(), REFERENCE);
    refuse_bsn(findings, "/facts/district", facts.district.as_ref());
    if facts.gender.is_some() && !kind.has_candidate() {
        findings.add("/facts/gender", "field-unused", format!("`{kind}` is not about one person"));
    }
    entry_follow_ups::check_facts(findings, kind, facts);
    if let (Some(whole), Some(part)) = (facts.invoice_total, facts.amount)
        && whole < part
    {
        findings.add("/facts/invoiceTotal", "part-above-whole", "at least what is accounted for of it");
    }
}

fn refuse_bsn(findings: &mut Findings, pointer: &str, text: Option<&String>) {
    if text.is_some_and(|text| holds_bsn(text)) {
        let detail =
            "this passes the test for a BSN, which may not be given or kept; use an opaque reference";
        findings.add(pointer, "bsn-refused", detail);
    }
}
