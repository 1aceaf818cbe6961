//! The forms of bids and of what is decided about them.

use super::{Form, Kind, form};

pub(crate) const FORMS: &[Form] = &[
    form!(bids 1 [municipality_id, id] {
        municipality_id: Text, id: Id, tender_id: Id, lot_id: Id, bidder_kvk: Text, content: Text,
        price_sealed: Truth, external_reference: Text, receipt_hash: Text, received_at: Moment,
        registered_at: Moment,
    }),
    form!(sealed_bids 1 [municipality_id, id] {
        municipality_id: Text, id: Id, tender_id: Id, lot_id: Id, bidder_index: Bytes, is_withdrawal: Truth,
        wrapped_key: Bytes, quality_part: Bytes, price_part: Bytes, hash: Text, received_at: Moment,
        registered_at: Moment,
    }),
    form!(assessments 1 [municipality_id, id] {
        municipality_id: Text, id: Id, lot_id: Id, bid_id: Id, criterion: Text, kind: Text,
        assessor: Text, score: Text, motivation: Text, submitted_at: Moment, version: Number,
        created_at: Moment, updated_at: Moment,
    }),
    form!(dossier_entries 1 [municipality_id, id] {
        municipality_id: Text, id: Id, lot_id: Id, kind: Text, fact: Text, at: Moment, actor: Text,
    }),
    form!(evaluations 1 [municipality_id, id] {
        municipality_id: Text, id: Id, lot_id: Id, sequence: Number, reason: Text, input: Text,
        result: Text, fingerprint: Text, engine_version: Text, created_at: Moment, created_by: Text,
    }),
    form!(award_decisions 1 [municipality_id, id] {
        municipality_id: Text, id: Id, lot_id: Id, evaluation_id: Id, bid_id: Id, motivation: Text,
        standstill_days: Number, standstill_until: Day, court: Text, contact: Text, proposed_at: Moment,
        withdrawn_at: Moment, awarded_at: Moment,
    }),
    form!(award_letters 1 [municipality_id, id] {
        municipality_id: Text, id: Id, lot_id: Id, decision_id: Id, bid_id: Id, bidder_kvk: Text,
        kind: Text, dutch: Text, english: Text, dutch_template: Number, english_template: Number,
        sent_at: Moment,
    }),
    form!(letter_templates 1 [municipality_id, language, version] {
        municipality_id: Text, language: Text, version: Number, template: Text, at: Moment, actor: Text,
    }),
    form!(pso_claim_findings 1 [municipality_id, id] {
        municipality_id: Text, id: Id, lot_id: Id, bid_id: Id, kvk: Text, level: Text, ladder: Text,
        counts_on: Day, verdict: Text, certificate_id: Id, certificate_level: Text, reason: Text,
        decided_at: Moment, decided_by: Text,
    }),
];
