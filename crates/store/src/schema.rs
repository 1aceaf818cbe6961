//! The tables as diesel sees them; the columns' true types stand in `columns.rs`.

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    municipalities (id) {
        id -> Text,
        name -> Text,
        oin -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    organisations (kvk) {
        kvk -> Text,
        name -> Text,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    pso_certificates (id) {
        id -> Key,
        number -> Text,
        ladder -> Text,
        level -> Text,
        certifying_body -> Text,
        valid_from -> Date,
        valid_until -> Date,
        ended_on -> Nullable<Date>,
        source -> Text,
        evidence -> Nullable<Text>,
        verified_by -> Nullable<Text>,
        verified_at -> Nullable<Instant>,
        revision -> Integer,
        reason -> Nullable<Text>,
        created_at -> Instant,
        superseded_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    pso_certificate_holders (certificate_id, kvk) {
        certificate_id -> Key,
        kvk -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    audit_records (scope, chain, sequence) {
        scope -> Text,
        chain -> SmallInt,
        sequence -> BigInt,
        id -> Key,
        at -> Instant,
        actor -> Text,
        client -> Nullable<Text>,
        action -> Text,
        object -> Text,
        request_id -> Key,
        address -> Nullable<Text>,
        before_hash -> Nullable<Text>,
        after_hash -> Nullable<Text>,
        hash -> Text,
        person_salt -> Nullable<Text>,
        person_hash -> Nullable<Text>,
        state_forms -> Nullable<SmallInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    audit_states (number) {
        number -> BigInt,
        act -> Key,
        form -> Text,
        row_key -> Text,
        row_id -> Key,
        before_hash -> Nullable<Text>,
        after_hash -> Nullable<Text>,
        salt -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(audit_states, audit_records);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    tenders (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        external_reference -> Nullable<Text>,
        title -> Text,
        description -> Text,
        buyer -> Text,
        cpv_codes -> Text,
        estimated_value_cents -> Nullable<BigInt>,
        above_threshold -> Nullable<Bool>,
        bid_custody -> Text,
        bid_envelopes -> Text,
        max_lots_per_bidder -> Nullable<Integer>,
        deadline_at -> Nullable<Instant>,
        award_on -> Nullable<Date>,
        published_at -> Nullable<Instant>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    lots (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        tender_id -> Key,
        number -> Integer,
        title -> Text,
        description -> Text,
        estimated_value_cents -> Nullable<BigInt>,
        state -> Text,
        opened_at -> Nullable<Instant>,
        quality_fixed_at -> Nullable<Instant>,
        prices_opened_at -> Nullable<Instant>,
        award_model -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    lot_steps (municipality_id, lot_id, lot_version) {
        municipality_id -> Text,
        lot_id -> Key,
        lot_version -> BigInt,
        step -> Text,
        at -> Instant,
        actor -> Text,
        reason -> Nullable<Text>,
        attested_at -> Nullable<Instant>,
        evidence -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    rectifications (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        tender_id -> Key,
        text -> Text,
        reason -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    deadline_extensions (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        tender_id -> Key,
        previous_deadline_at -> Instant,
        deadline_at -> Instant,
        reason -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    bids (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        tender_id -> Key,
        lot_id -> Key,
        bidder_kvk -> Text,
        content -> Text,
        price_sealed -> Bool,
        external_reference -> Nullable<Text>,
        receipt_hash -> Text,
        received_at -> Instant,
        registered_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    assessments (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        lot_id -> Key,
        bid_id -> Key,
        criterion -> Text,
        kind -> Text,
        assessor -> Text,
        score -> Text,
        motivation -> Text,
        submitted_at -> Nullable<Instant>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    dossier_entries (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        lot_id -> Key,
        kind -> Text,
        fact -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    evaluations (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        lot_id -> Key,
        sequence -> Integer,
        reason -> Nullable<Text>,
        input -> Text,
        result -> Text,
        fingerprint -> Text,
        engine_version -> Text,
        created_at -> Instant,
        created_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    award_decisions (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        lot_id -> Key,
        evaluation_id -> Key,
        bid_id -> Key,
        motivation -> Text,
        standstill_days -> Integer,
        standstill_until -> Nullable<Date>,
        court -> Nullable<Text>,
        contact -> Nullable<Text>,
        proposed_at -> Instant,
        withdrawn_at -> Nullable<Instant>,
        awarded_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    award_letters (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        lot_id -> Key,
        decision_id -> Key,
        bid_id -> Key,
        bidder_kvk -> Text,
        kind -> Text,
        dutch -> Text,
        english -> Text,
        dutch_template -> BigInt,
        english_template -> BigInt,
        sent_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    hand_overs (municipality_id, tender_id) {
        municipality_id -> Text,
        tender_id -> Key,
        number_of_bids -> BigInt,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Key;

    contract_awards (municipality_id, lot_id, bid_id) {
        municipality_id -> Text,
        lot_id -> Key,
        bid_id -> Key,
        contract_id -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Instant;

    duty_separations (municipality_id, version) {
        municipality_id -> Text,
        version -> BigInt,
        apart -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Instant;

    purchasing_policies (municipality_id, version) {
        municipality_id -> Text,
        version -> BigInt,
        content -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    purchasing_policy_exceptions (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        tender_id -> Key,
        rule -> Text,
        reason -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Instant;

    letter_templates (municipality_id, language, version) {
        municipality_id -> Text,
        language -> Text,
        version -> BigInt,
        template -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    regions (id) {
        id -> Text,
        name -> Text,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    region_members (municipality_id) {
        municipality_id -> Text,
        region_id -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    region_policy_proposals (id) {
        id -> Key,
        region_id -> Text,
        municipality_id -> Text,
        code -> Text,
        version -> Text,
        content -> Text,
        fingerprint -> Text,
        created_at -> Instant,
        created_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    social_return_policies (id) {
        id -> Key,
        municipality_id -> Nullable<Text>,
        region_id -> Nullable<Text>,
        code -> Text,
        version -> Text,
        content -> Text,
        fingerprint -> Text,
        created_at -> Instant,
        created_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    contracts (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        external_reference -> Nullable<Text>,
        lot_id -> Nullable<Key>,
        title -> Text,
        contractor_kvk -> Text,
        consortium -> Text,
        kind -> Text,
        cpv_codes -> Text,
        contract_sum_cents -> BigInt,
        wage_sum_cents -> Nullable<BigInt>,
        labour_percent -> Nullable<Text>,
        published_on -> Nullable<Date>,
        assigned_on -> Nullable<Date>,
        starts_on -> Date,
        ends_on -> Date,
        offered_percent -> Nullable<Text>,
        pso_levels -> Text,
        exemption -> Nullable<Text>,
        deviation_cents -> Nullable<BigInt>,
        deviation_reason -> Nullable<Text>,
        coordinator -> Nullable<Text>,
        policy_id -> Nullable<Key>,
        obligation_cents -> Nullable<BigInt>,
        state -> Text,
        cure_until -> Nullable<Date>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
        labels -> Text,
        contractor_facts -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    contract_changes (municipality_id, contract_id, sequence) {
        municipality_id -> Text,
        contract_id -> Key,
        sequence -> Integer,
        kind -> Text,
        effective_on -> Date,
        reason -> Text,
        terms -> Text,
        policy_id -> Nullable<Key>,
        obligation_cents -> Nullable<BigInt>,
        calculation -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    entries (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        contract_id -> Key,
        external_reference -> Nullable<Text>,
        kind -> Text,
        contractor_kvk -> Text,
        description -> Text,
        candidate -> Nullable<Text>,
        person_key -> Nullable<Text>,
        other_hours -> Nullable<Text>,
        supplier_kvk -> Nullable<Text>,
        invoice_number -> Nullable<Text>,
        block -> Text,
        period_from -> Nullable<Date>,
        period_until -> Nullable<Date>,
        facts -> Text,
        state -> Text,
        value_cents -> BigInt,
        calculation -> Text,
        created_by -> Text,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    ledger (municipality_id, entry_id, entry_version) {
        municipality_id -> Text,
        entry_id -> Key,
        entry_version -> BigInt,
        contract_id -> Key,
        block -> Text,
        step -> Text,
        submitted_cents -> BigInt,
        approved_cents -> BigInt,
        at -> Instant,
        actor -> Text,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    claims (scope, kind, subject, claimant, counts_from) {
        scope -> Text,
        kind -> Text,
        subject -> Text,
        claimant -> Key,
        municipality_id -> Text,
        contractor_kvk -> Text,
        counts_from -> Date,
        counts_until -> Date,
        weekly_hundredths -> Nullable<BigInt>,
        reach -> Nullable<Text>,
        part_cents -> Nullable<BigInt>,
        whole_cents -> Nullable<BigInt>,
        full_time_hundredths -> Nullable<BigInt>,
        other_hours -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    plans (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        contract_id -> Key,
        approach -> Text,
        milestones -> Text,
        state -> Text,
        submitted_at -> Instant,
        submitted_by -> Text,
        decided_at -> Nullable<Instant>,
        decided_by -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    milestones (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        contract_id -> Key,
        kind -> Text,
        title -> Text,
        due_on -> Date,
        planned_cents -> Nullable<BigInt>,
        done_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    settlements (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        contract_id -> Key,
        step -> Text,
        owed_cents -> BigInt,
        realised_cents -> BigInt,
        shortfall_cents -> BigInt,
        sanction_cents -> BigInt,
        carried_over_cents -> BigInt,
        cure_until -> Nullable<Date>,
        reason -> Text,
        calculation -> Text,
        statement -> Text,
        at -> Instant,
        actor -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    events (scope, id) {
        scope -> Text,
        id -> Key,
        kind -> Text,
        subject -> Text,
        at -> Instant,
        data -> Text,
        request_id -> Key,
        position -> Nullable<BigInt>,
    }
}

diesel::table! {
    event_counters (scope) {
        scope -> Text,
        last_position -> BigInt,
        removed_to -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    webhook_subscriptions (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        url -> Text,
        description -> Text,
        event_types -> Text,
        state -> Text,
        secret -> Text,
        previous_secret -> Nullable<Text>,
        previous_until -> Nullable<Instant>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    webhook_deliveries (municipality_id, subscription_id, event_id) {
        municipality_id -> Text,
        subscription_id -> Key,
        event_id -> Key,
        scope -> Text,
        position -> BigInt,
        subject -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Instant,
        holder -> Nullable<Key>,
        held_until -> Nullable<Instant>,
        tried_at -> Nullable<Instant>,
        answer -> Nullable<Integer>,
        failure -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(webhook_deliveries, webhook_subscriptions);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    notice_imports (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        notice_id -> Text,
        notice_version -> Text,
        kind -> Text,
        procedure_id -> Nullable<Text>,
        tender_id -> Nullable<Key>,
        outcome -> Text,
        fingerprint -> Text,
        to_complete -> Integer,
        not_taken_over -> Integer,
        imported_at -> Instant,
        imported_by -> Text,
        report -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    pso_tables (scope, kind, version) {
        scope -> Text,
        kind -> Text,
        version -> Text,
        document -> Text,
        created_at -> Instant,
        created_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    jobs (id) {
        id -> Key,
        kind -> Text,
        scope -> Text,
        subject -> Text,
        due_at -> Instant,
        asked -> Integer,
        attempts -> Integer,
        holder -> Nullable<Key>,
        held_until -> Nullable<Instant>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    register_imports (id) {
        id -> Key,
        source -> Text,
        origin -> Text,
        is_complete -> Bool,
        max_ended_percent -> Integer,
        state -> Text,
        not_modified -> Bool,
        rows_read -> BigInt,
        added -> BigInt,
        changed -> BigInt,
        ended -> BigInt,
        unchanged -> BigInt,
        malformed -> BigInt,
        note -> Nullable<Text>,
        etag -> Nullable<Text>,
        last_modified -> Nullable<Text>,
        created_at -> Instant,
        created_by -> Text,
        started_at -> Nullable<Instant>,
        finished_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    register_import_parts (import_id, part) {
        import_id -> Key,
        part -> BigInt,
        bytes -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    register_import_faults (import_id, fault) {
        import_id -> Key,
        fault -> BigInt,
        row_number -> BigInt,
        certificate_number -> Nullable<Text>,
        field -> Text,
        code -> Text,
        detail -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    register_import_sightings (import_id, certificate_id) {
        import_id -> Key,
        certificate_id -> Key,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    level_watches (watched_until) {
        watched_until -> Date,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    pso_claim_findings (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        lot_id -> Key,
        bid_id -> Key,
        kvk -> Text,
        level -> Text,
        ladder -> Text,
        counts_on -> Date,
        verdict -> Text,
        certificate_id -> Nullable<Key>,
        certificate_level -> Nullable<Text>,
        reason -> Nullable<Text>,
        decided_at -> Instant,
        decided_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    pso_contributions (kvk, id) {
        kvk -> Text,
        id -> Key,
        reference_year_from -> Nullable<Text>,
        total_fte -> Text,
        direct -> Text,
        indirect -> Text,
        total -> Text,
        level -> Nullable<Text>,
        is_complete -> Bool,
        input -> Text,
        result -> Text,
        created_at -> Instant,
        created_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    pso_contribution_grants (kvk, municipality_id, granted_at) {
        kvk -> Text,
        municipality_id -> Text,
        granted_at -> Instant,
        granted_by -> Text,
        withdrawn_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    pso_requirement_checks (kvk, id) {
        kvk -> Text,
        id -> Key,
        requirement -> Text,
        is_met -> Bool,
        evidence -> Text,
        checked_on -> Date,
        created_at -> Instant,
        created_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    supplier_profiles (kvk) {
        kvk -> Text,
        cpv_codes -> Text,
        regions -> Text,
        turnover_cents -> Nullable<BigInt>,
        fte -> Nullable<Text>,
        direct_share_percent -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::allow_tables_to_appear_in_same_query!(supplier_profiles, pso_certificates);
diesel::allow_tables_to_appear_in_same_query!(supplier_profiles, pso_certificate_holders);

diesel::allow_tables_to_appear_in_same_query!(pso_certificates, register_import_sightings);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    open_data_settings (municipality_id) {
        municipality_id -> Text,
        is_open -> Bool,
        ocid_prefix -> Nullable<Text>,
        license -> Nullable<Text>,
        publication_policy -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    open_year_settings (municipality_id) {
        municipality_id -> Text,
        is_open -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    municipalities,
    organisations,
    pso_certificates,
    pso_certificate_holders,
    audit_records,
    events,
    tenders,
    lots,
    lot_steps,
    rectifications,
    deadline_extensions,
    bids,
    assessments,
    evaluations,
    award_decisions,
    regions,
    region_members,
    social_return_policies,
    contracts,
    contract_awards,
    contract_changes,
    entries,
    ledger,
    claims,
    plans,
    milestones,
    settlements,
);

diesel::joinable!(pso_certificate_holders -> pso_certificates (certificate_id));

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    value_maps (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        scope -> Text,
        subject -> Text,
        title -> Text,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    value_map_versions (municipality_id, value_map_id, number) {
        municipality_id -> Text,
        value_map_id -> Key,
        number -> BigInt,
        title -> Text,
        reason -> Nullable<Text>,
        content -> Text,
        result -> Text,
        fingerprint -> Text,
        created_at -> Instant,
        created_by -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(value_maps, value_map_versions);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    evidence_files (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        contract_id -> Key,
        entry_id -> Key,
        kind -> Text,
        media_type -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        scan -> Text,
        added_at -> Instant,
        added_by -> Text,
        removed_at -> Nullable<Instant>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(evidence_files, entries);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    reminders (municipality_id, milestone_id, due_on, days_before) {
        municipality_id -> Text,
        milestone_id -> Key,
        due_on -> Date,
        days_before -> Integer,
        sent_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    candidate_removals (municipality_id, entry_id) {
        municipality_id -> Text,
        entry_id -> Key,
        removed_at -> Instant,
    }
}

diesel::allow_tables_to_appear_in_same_query!(candidate_removals, entries);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    token_revocations (id) {
        id -> Key,
        kind -> Text,
        value -> Text,
        reason -> Text,
        at -> Instant,
        revoked_by -> Text,
        until -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    idempotency_keys (id) {
        id -> Text,
        body_hash -> Text,
        request_id -> Key,
        claimed_at -> Instant,
        object -> Nullable<Text>,
        answer -> Nullable<Text>,
        ended -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    person_removals (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        recorded_before -> Date,
        basis -> Text,
        at -> Instant,
        removed_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    tender_packages (municipality_id, external_reference) {
        municipality_id -> Text,
        external_reference -> Text,
        tender_id -> Key,
        fingerprint -> Text,
        is_complete -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    tender_keys (municipality_id, tender_id) {
        municipality_id -> Text,
        tender_id -> Key,
        key_id -> Text,
        wrapped_key -> Binary,
        receipt_key -> Binary,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    sealed_bids (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        tender_id -> Key,
        lot_id -> Key,
        bidder_index -> Binary,
        is_withdrawal -> Bool,
        wrapped_key -> Binary,
        quality_part -> Binary,
        price_part -> Binary,
        hash -> Text,
        received_at -> Instant,
        registered_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    openings (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        tender_id -> Key,
        envelope -> Text,
        requested_by -> Text,
        requested_at -> Instant,
        expires_at -> Instant,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<Instant>,
        report -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(sealed_bids, lots);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    opener_keys (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        person -> Text,
        public_key -> Binary,
        registered_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    key_splits (municipality_id, tender_id) {
        municipality_id -> Text,
        tender_id -> Key,
        threshold -> BigInt,
        openers -> Text,
        set_by -> Text,
        set_at -> Instant,
        quality_key -> Nullable<Binary>,
        price_key -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Key;

    key_shares (municipality_id, tender_id, envelope, opener_key_id) {
        municipality_id -> Text,
        tender_id -> Key,
        envelope -> Text,
        opener_key_id -> Key,
        sealed -> Binary,
        share_check -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    given_shares (municipality_id, opening_id, opener_key_id) {
        municipality_id -> Text,
        opening_id -> Key,
        opener_key_id -> Key,
        person -> Text,
        given_at -> Instant,
        sealed -> Nullable<Binary>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(given_shares, openings);

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Key;

    opened_keys (municipality_id, bid_id, part) {
        municipality_id -> Text,
        bid_id -> Key,
        part -> Text,
        tender_id -> Key,
        sealed -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Instant;

    console_sessions (id_hash) {
        id_hash -> Text,
        sealed_token -> Binary,
        begun_at -> Instant,
        used_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::{Instant, Key};

    table_imports (municipality_id, id) {
        municipality_id -> Text,
        id -> Key,
        kind -> Text,
        created_at -> Instant,
        rolled_back_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::frame::columns::sql_type::Key;

    table_import_items (municipality_id, import_id, item_id) {
        municipality_id -> Text,
        import_id -> Key,
        item_id -> Key,
    }
}
