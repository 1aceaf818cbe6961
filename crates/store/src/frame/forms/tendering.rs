//! The forms of tenders, their lots, and what surrounds them.

use super::{Form, Kind, form};

pub(crate) const FORMS: &[Form] = &[
    form!(municipalities 1 [id] {
        id: Text, name: Text, oin: Text, version: Number, created_at: Moment, updated_at: Moment,
    }),
    form!(organisations 1 [kvk] {
        kvk: Text, name: Text, version: Number, created_at: Moment, updated_at: Moment,
    }),
    form!(tenders 1 [municipality_id, id] {
        municipality_id: Text, id: Id, external_reference: Text, title: Text, description: Text,
        buyer: Text, cpv_codes: Text, estimated_value_cents: Number, above_threshold: Truth,
        bid_custody: Text, bid_envelopes: Text, max_lots_per_bidder: Number, deadline_at: Moment,
        award_on: Day, published_at: Moment, version: Number, created_at: Moment, updated_at: Moment,
    }),
    form!(lots 1 [municipality_id, id] {
        municipality_id: Text, id: Id, tender_id: Id, number: Number, title: Text, description: Text,
        estimated_value_cents: Number, state: Text, opened_at: Moment, quality_fixed_at: Moment,
        prices_opened_at: Moment, award_model: Text, version: Number, created_at: Moment,
        updated_at: Moment,
    }),
    form!(lot_steps 1 [municipality_id, lot_id, lot_version] {
        municipality_id: Text, lot_id: Id, lot_version: Number, step: Text, at: Moment, actor: Text,
        reason: Text, attested_at: Moment, evidence: Text,
    }),
    form!(duty_separations 1 [municipality_id, version] {
        municipality_id: Text, version: Number, apart: Text, at: Moment, actor: Text,
    }),
    form!(purchasing_policies 1 [municipality_id, version] {
        municipality_id: Text, version: Number, content: Text, at: Moment, actor: Text,
    }),
    form!(purchasing_policy_exceptions 1 [municipality_id, id] {
        municipality_id: Text, id: Id, tender_id: Id, rule: Text, reason: Text, at: Moment, actor: Text,
    }),
    form!(rectifications 1 [municipality_id, id] {
        municipality_id: Text, id: Id, tender_id: Id, text: Text, reason: Text, at: Moment, actor: Text,
    }),
    form!(deadline_extensions 1 [municipality_id, id] {
        municipality_id: Text, id: Id, tender_id: Id, previous_deadline_at: Moment, deadline_at: Moment,
        reason: Text, at: Moment, actor: Text,
    }),
    form!(opener_keys 1 [municipality_id, id] {
        municipality_id: Text, id: Id, person: Text, public_key: Bytes, registered_at: Moment,
    }),
    form!(key_splits 1 [municipality_id, tender_id] {
        municipality_id: Text, tender_id: Id, threshold: Number, openers: Text, set_by: Text, set_at: Moment,
        quality_key: Bytes, price_key: Bytes,
    }),
    form!(key_shares 1 [municipality_id, tender_id, envelope, opener_key_id] {
        municipality_id: Text, tender_id: Id, envelope: Text, opener_key_id: Id, sealed: Bytes,
        share_check: Bytes,
    }),
    form!(given_shares 1 [municipality_id, opening_id, opener_key_id] {
        municipality_id: Text, opening_id: Id, opener_key_id: Id, person: Text, given_at: Moment, sealed: Bytes,
    }),
    form!(opened_keys 1 [municipality_id, bid_id, part] {
        municipality_id: Text, bid_id: Id, part: Text, tender_id: Id, sealed: Bytes,
    }),
    form!(tender_keys 1 [municipality_id, tender_id] {
        municipality_id: Text, tender_id: Id, key_id: Text, wrapped_key: Bytes, receipt_key: Bytes,
        created_at: Moment,
    }),
    form!(openings 1 [municipality_id, id] {
        municipality_id: Text, id: Id, tender_id: Id, envelope: Text, requested_by: Text,
        requested_at: Moment, expires_at: Moment, confirmed_by: Text, confirmed_at: Moment,
        report: Text,
    }),
    form!(hand_overs 1 [municipality_id, tender_id] {
        municipality_id: Text, tender_id: Id, number_of_bids: Number, at: Moment, actor: Text,
    }),
    form!(notice_imports 1 [municipality_id, id] {
        municipality_id: Text, id: Id, notice_id: Text, notice_version: Text, kind: Text,
        procedure_id: Text, tender_id: Id, outcome: Text, fingerprint: Text, to_complete: Number,
        not_taken_over: Number, imported_at: Moment, imported_by: Text, report: Text,
    }),
    form!(open_data_settings 1 [municipality_id] {
        municipality_id: Text, is_open: Truth, ocid_prefix: Text, license: Text,
        publication_policy: Text, version: Number, created_at: Moment, updated_at: Moment,
    }),
    form!(open_year_settings 1 [municipality_id] {
        municipality_id: Text, is_open: Truth, version: Number, created_at: Moment, updated_at: Moment,
    }),
];
