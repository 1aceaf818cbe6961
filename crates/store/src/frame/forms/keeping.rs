//! The forms of certificates, tables of PSO, and what is kept for the service itself.

use super::{Form, Kind, form};

pub(crate) const FORMS: &[Form] = &[
    form!(pso_certificates 1 [id] {
        id: Id, number: Text, ladder: Text, level: Text, certifying_body: Text, valid_from: Day,
        valid_until: Day, ended_on: Day, source: Text, evidence: Text, verified_by: Text,
        verified_at: Moment, revision: Number, reason: Text, created_at: Moment, superseded_at: Moment,
    }),
    form!(pso_certificate_holders 1 [certificate_id, kvk] {
        certificate_id: Id, kvk: Text,
    }),
    form!(pso_tables 1 [scope, kind, version] {
        scope: Text, kind: Text, version: Text, document: Text, created_at: Moment, created_by: Text,
    }),
    form!(pso_contributions 1 [kvk, id] {
        kvk: Text, id: Id, reference_year_from: Text, total_fte: Text, direct: Text, indirect: Text,
        total: Text, level: Text, is_complete: Truth, input: Text, result: Text, created_at: Moment,
        created_by: Text,
    }),
    form!(pso_contribution_grants 1 [kvk, municipality_id, granted_at] {
        kvk: Text, municipality_id: Text, granted_at: Moment, granted_by: Text, withdrawn_at: Moment,
    }),
    form!(pso_requirement_checks 1 [kvk, id] {
        kvk: Text, id: Id, requirement: Text, is_met: Truth, evidence: Text, checked_on: Day,
        created_at: Moment, created_by: Text,
    }),
    form!(supplier_profiles 1 [kvk] {
        kvk: Text, cpv_codes: Text, regions: Text, turnover_cents: Number, fte: Text,
        direct_share_percent: Text, version: Number, created_at: Moment, updated_at: Moment,
    }),
    form!(webhook_subscriptions 1 [municipality_id, id] {
        municipality_id: Text, id: Id, url: Text, description: Text, event_types: Text, state: Text,
        secret: Text, previous_secret: Text, previous_until: Moment, version: Number,
        created_at: Moment, updated_at: Moment,
    }),
    form!(token_revocations 1 [id] {
        id: Id, kind: Text, value: Text, reason: Text, at: Moment, revoked_by: Text, until: Moment,
    }),
    form!(person_removals 1 [municipality_id, id] {
        municipality_id: Text, id: Id, recorded_before: Day, basis: Text, at: Moment, removed_by: Text,
    }),
];
