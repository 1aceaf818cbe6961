//! The forms of policies, contracts and what is counted for them.

use super::{Form, Kind, form};

pub(crate) const FORMS: &[Form] = &[
    form!(regions 1 [id] {
        id: Text, name: Text, version: Number, created_at: Moment, updated_at: Moment,
    }),
    form!(region_members 1 [municipality_id] {
        municipality_id: Text, region_id: Text,
    }),
    form!(social_return_policies 1 [id] {
        id: Id, municipality_id: Text, region_id: Text, code: Text, version: Text, content: Text,
        fingerprint: Text, created_at: Moment, created_by: Text,
    }),
    form!(region_policy_proposals 1 [id] {
        id: Id, region_id: Text, municipality_id: Text, code: Text, version: Text, content: Text,
        fingerprint: Text, created_at: Moment, created_by: Text,
    }),
    form!(contracts 1 [municipality_id, id] {
        municipality_id: Text, id: Id, external_reference: Text, lot_id: Id, title: Text,
        contractor_kvk: Text, consortium: Text, kind: Text, cpv_codes: Text, contract_sum_cents: Number,
        wage_sum_cents: Number, labour_percent: Text, published_on: Day, assigned_on: Day,
        starts_on: Day, ends_on: Day, offered_percent: Text, pso_levels: Text, exemption: Text,
        deviation_cents: Number, deviation_reason: Text, coordinator: Text, policy_id: Id,
        obligation_cents: Number, state: Text, cure_until: Day, version: Number, contractor_facts: Text, labels: Text, created_at: Moment,
        updated_at: Moment,
    }),
    form!(contract_awards 1 [municipality_id, lot_id, bid_id] {
        municipality_id: Text, lot_id: Id, bid_id: Id, contract_id: Id,
    }),
    form!(contract_changes 1 [municipality_id, contract_id, sequence] {
        municipality_id: Text, contract_id: Id, sequence: Number, kind: Text, effective_on: Day,
        reason: Text, terms: Text, policy_id: Id, obligation_cents: Number, calculation: Text,
        at: Moment, actor: Text,
    }),
    form!(entries 1 [municipality_id, id] {
        municipality_id: Text, id: Id, contract_id: Id, external_reference: Text, kind: Text,
        contractor_kvk: Text, description: Text, candidate: Text, person_key: Text, other_hours: Text,
        supplier_kvk: Text, invoice_number: Text, block: Text, period_from: Day, period_until: Day,
        facts: Text, state: Text, value_cents: Number, calculation: Text, created_by: Text,
        version: Number, created_at: Moment, updated_at: Moment,
    }),
    form!(ledger 1 [municipality_id, entry_id, entry_version] {
        municipality_id: Text, entry_id: Id, entry_version: Number, contract_id: Id, block: Text,
        step: Text, submitted_cents: Number, approved_cents: Number, at: Moment, actor: Text,
        reason: Text,
    }),
    form!(plans 1 [municipality_id, id] {
        municipality_id: Text, id: Id, contract_id: Id, approach: Text, milestones: Text, state: Text,
        submitted_at: Moment, submitted_by: Text, decided_at: Moment, decided_by: Text, reason: Text,
    }),
    form!(milestones 1 [municipality_id, id] {
        municipality_id: Text, id: Id, contract_id: Id, kind: Text, title: Text, due_on: Day,
        planned_cents: Number, done_on: Day,
    }),
    form!(settlements 1 [municipality_id, id] {
        municipality_id: Text, id: Id, contract_id: Id, step: Text, owed_cents: Number,
        realised_cents: Number, shortfall_cents: Number, sanction_cents: Number,
        carried_over_cents: Number, cure_until: Day, reason: Text, calculation: Text, statement: Text,
        at: Moment, actor: Text,
    }),
    form!(value_maps 1 [municipality_id, id] {
        municipality_id: Text, id: Id, scope: Text, subject: Text, title: Text, version: Number,
        created_at: Moment, updated_at: Moment,
    }),
    form!(value_map_versions 1 [municipality_id, value_map_id, number] {
        municipality_id: Text, value_map_id: Id, number: Number, title: Text, reason: Text,
        content: Text, result: Text, fingerprint: Text, created_at: Moment, created_by: Text,
    }),
    form!(evidence_files 1 [municipality_id, id] {
        municipality_id: Text, id: Id, contract_id: Id, entry_id: Id, kind: Text, media_type: Text,
        bytes: Number, sha256: Text, scan: Text, added_at: Moment, added_by: Text, removed_at: Moment,
    }),
    form!(candidate_removals 1 [municipality_id, entry_id] {
        municipality_id: Text, entry_id: Id, removed_at: Moment,
    }),
];
