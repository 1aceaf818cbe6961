-- == What every room stands on

CREATE TABLE municipalities (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    oin TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE organisations (
    kvk TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- Work that waits or is under way. Who works holds the row until a moment; when that has passed, another may.
-- asked: how often it was asked for, so that what is asked while it runs is done once more.
CREATE TABLE jobs (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    asked INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    holder UUID,
    held_until TIMESTAMPTZ,
    failure TEXT,
    CONSTRAINT jobs_subject UNIQUE (kind, scope, subject)
);

CREATE INDEX jobs_by_due ON jobs (kind, due_at);

CREATE TABLE regions (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- A municipality takes part in one region at the most.
CREATE TABLE region_members (
    municipality_id TEXT PRIMARY KEY REFERENCES municipalities (id),
    region_id TEXT NOT NULL REFERENCES regions (id)
);

CREATE INDEX region_members_by_region ON region_members (region_id, municipality_id);

-- id: a hash over caller, route and key; body_hash: keyed with the client's key; answer: sealed with it.
-- request_id: the request that holds the key; object: what its write was done to, once that is committed.
CREATE TABLE idempotency_keys (
    id TEXT PRIMARY KEY,
    body_hash TEXT NOT NULL,
    request_id UUID NOT NULL,
    claimed_at TIMESTAMPTZ NOT NULL,
    object TEXT,
    answer TEXT
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (claimed_at);

-- == PSO

CREATE TABLE pso_certificates (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL,
    ladder TEXT NOT NULL,
    level TEXT NOT NULL,
    certifying_body TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE NOT NULL,
    source TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    ended_on DATE,
    evidence TEXT,
    verified_by TEXT,
    verified_at TIMESTAMPTZ,
    revision INTEGER NOT NULL,
    reason TEXT,
    superseded_at TIMESTAMPTZ,
    CONSTRAINT pso_certificates_term CHECK (valid_from <= valid_until),
    CONSTRAINT pso_certificates_number UNIQUE (number, valid_from, revision),
    CONSTRAINT pso_certificates_verified CHECK ((verified_by IS NULL) = (verified_at IS NULL))
);

CREATE UNIQUE INDEX pso_certificates_latest ON pso_certificates (number, valid_from) WHERE superseded_at IS NULL;

-- One certificate covers a head applicant and the entities under it.
CREATE TABLE pso_certificate_holders (
    certificate_id UUID NOT NULL REFERENCES pso_certificates (id),
    kvk TEXT NOT NULL,
    PRIMARY KEY (certificate_id, kvk)
);

CREATE INDEX pso_certificate_holders_by_organisation ON pso_certificate_holders (kvk, certificate_id);

-- Versions of ladders, norms and weights. scope: the municipality whose own they are, or 'nl'.
CREATE TABLE pso_tables (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (scope, kind, version)
);

CREATE TABLE register_imports (
    id UUID PRIMARY KEY,
    source TEXT NOT NULL,
    origin TEXT NOT NULL,
    is_complete BOOLEAN NOT NULL,
    max_ended_percent INTEGER NOT NULL,
    state TEXT NOT NULL,
    not_modified BOOLEAN NOT NULL,
    rows_read BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    malformed BIGINT NOT NULL,
    note TEXT,
    etag TEXT,
    last_modified TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ
);

-- A list that was handed over, in pieces, until it has been read.
CREATE TABLE register_import_parts (
    import_id UUID NOT NULL REFERENCES register_imports (id),
    part BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (import_id, part)
);

CREATE TABLE register_import_faults (
    import_id UUID NOT NULL REFERENCES register_imports (id),
    fault BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    certificate_number TEXT,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import_id, fault)
);

-- Which certificates the list named, while it is being read.
CREATE TABLE register_import_sightings (
    import_id UUID NOT NULL REFERENCES register_imports (id),
    certificate_id UUID NOT NULL REFERENCES pso_certificates (id),
    PRIMARY KEY (import_id, certificate_id)
);

-- Up to which day changes of levels by the passing of time were told.
CREATE TABLE level_watches (
    watched_until DATE PRIMARY KEY
);

-- An organisation's own: found by its KvK number before anything else.
CREATE TABLE pso_contributions (
    kvk TEXT NOT NULL,
    id UUID NOT NULL,
    reference_year_from TEXT,
    total_fte TEXT NOT NULL,
    direct TEXT NOT NULL,
    indirect TEXT NOT NULL,
    total TEXT NOT NULL,
    level TEXT,
    is_complete BOOLEAN NOT NULL,
    input TEXT NOT NULL,
    result TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (kvk, id)
);

CREATE TABLE pso_contribution_grants (
    kvk TEXT NOT NULL,
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    granted_at TIMESTAMPTZ NOT NULL,
    granted_by TEXT NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    PRIMARY KEY (kvk, municipality_id, granted_at)
);

CREATE UNIQUE INDEX pso_contribution_grants_standing
    ON pso_contribution_grants (kvk, municipality_id) WHERE withdrawn_at IS NULL;

CREATE TABLE pso_requirement_checks (
    kvk TEXT NOT NULL,
    id UUID NOT NULL,
    requirement TEXT NOT NULL,
    is_met BOOLEAN NOT NULL,
    evidence TEXT NOT NULL,
    checked_on DATE NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (kvk, id)
);

-- What a supplier tells of itself. Codes and regions stand between spaces: ' 77310000 ', ' gm0344 '.
CREATE TABLE supplier_profiles (
    kvk TEXT PRIMARY KEY,
    cpv_codes TEXT NOT NULL,
    regions TEXT NOT NULL,
    turnover_cents BIGINT,
    fte TEXT,
    direct_share_percent TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- == Policies and value maps

-- A municipality's own, or shared by a region; content never changes.
CREATE TABLE social_return_policies (
    id UUID PRIMARY KEY,
    municipality_id TEXT REFERENCES municipalities (id),
    region_id TEXT REFERENCES regions (id),
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT social_return_policies_owner CHECK ((municipality_id IS NULL) <> (region_id IS NULL)),
    CONSTRAINT social_return_policies_of_municipality UNIQUE (municipality_id, code, version),
    CONSTRAINT social_return_policies_of_region UNIQUE (region_id, code, version)
);

CREATE TABLE value_maps (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id)
);

CREATE TABLE value_map_versions (
    municipality_id TEXT NOT NULL,
    value_map_id UUID NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    reason TEXT,
    content TEXT NOT NULL,
    result TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, value_map_id, number),
    FOREIGN KEY (municipality_id, value_map_id) REFERENCES value_maps (municipality_id, id)
);

-- == Tenders and lots

CREATE TABLE tenders (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    external_reference TEXT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    buyer TEXT NOT NULL,
    cpv_codes TEXT NOT NULL,
    estimated_value_cents BIGINT,
    above_threshold BOOLEAN,
    bid_custody TEXT NOT NULL,
    max_lots_per_bidder INTEGER,
    deadline_at TIMESTAMPTZ,
    award_on DATE,
    published_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    bid_envelopes TEXT NOT NULL DEFAULT 'one',
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT tenders_external_reference UNIQUE (municipality_id, external_reference)
);

CREATE TABLE lots (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    estimated_value_cents BIGINT,
    state TEXT NOT NULL,
    opened_at TIMESTAMPTZ,
    award_model TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    quality_fixed_at TIMESTAMPTZ,
    prices_opened_at TIMESTAMPTZ,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT lots_of_tender UNIQUE (municipality_id, tender_id, id),
    CONSTRAINT lots_number UNIQUE (municipality_id, tender_id, number),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

-- A step is known by the version that it gave the lot.
CREATE TABLE lot_steps (
    municipality_id TEXT NOT NULL,
    lot_id UUID NOT NULL,
    lot_version BIGINT NOT NULL,
    step TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    attested_at TIMESTAMPTZ,
    evidence TEXT,
    PRIMARY KEY (municipality_id, lot_id, lot_version),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
);

CREATE TABLE rectifications (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX rectifications_by_tender ON rectifications (municipality_id, tender_id, id);

CREATE TABLE deadline_extensions (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    previous_deadline_at TIMESTAMPTZ NOT NULL,
    deadline_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX deadline_extensions_by_tender ON deadline_extensions (municipality_id, tender_id, id);

-- A notice is known by its id and version; one without an id by the hash of its bytes.
CREATE TABLE notice_imports (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    notice_id TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    kind TEXT NOT NULL,
    procedure_id TEXT,
    tender_id UUID,
    outcome TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    to_complete INTEGER NOT NULL,
    not_taken_over INTEGER NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL,
    imported_by TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT notice_imports_once UNIQUE (municipality_id, notice_id, notice_version),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX notice_imports_by_procedure ON notice_imports (municipality_id, procedure_id);

CREATE INDEX notice_imports_by_tender ON notice_imports (municipality_id, tender_id);

-- == Assessing

-- What happened around a lot, fact after fact. Added only, never changed.
CREATE TABLE dossier_entries (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    lot_id UUID NOT NULL,
    kind TEXT NOT NULL,
    fact TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
);

CREATE INDEX dossier_entries_by_lot ON dossier_entries (municipality_id, lot_id, id);

-- == Bids

CREATE TABLE bids (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    lot_id UUID NOT NULL,
    bidder_kvk TEXT NOT NULL,
    content TEXT NOT NULL,
    external_reference TEXT,
    receipt_hash TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    registered_at TIMESTAMPTZ NOT NULL,
    price_sealed BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT bids_of_lot UNIQUE (municipality_id, lot_id, id),
    CONSTRAINT bids_one_per_bidder_and_lot UNIQUE (municipality_id, lot_id, bidder_kvk),
    FOREIGN KEY (municipality_id, tender_id, lot_id) REFERENCES lots (municipality_id, tender_id, id)
);

CREATE INDEX bids_by_tender_and_bidder ON bids (municipality_id, tender_id, bidder_kvk);

-- == PSO

-- Added only: of one claim the last finding counts.
CREATE TABLE pso_claim_findings (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    lot_id UUID NOT NULL,
    bid_id UUID NOT NULL,
    kvk TEXT NOT NULL,
    level TEXT NOT NULL,
    ladder TEXT NOT NULL,
    counts_on DATE NOT NULL,
    verdict TEXT NOT NULL,
    certificate_id UUID REFERENCES pso_certificates (id),
    certificate_level TEXT,
    reason TEXT,
    decided_at TIMESTAMPTZ NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
);

CREATE INDEX pso_claim_findings_by_bid ON pso_claim_findings (municipality_id, bid_id, id);

-- == Assessing

CREATE TABLE assessments (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    lot_id UUID NOT NULL,
    bid_id UUID NOT NULL,
    criterion TEXT NOT NULL,
    kind TEXT NOT NULL,
    assessor TEXT NOT NULL,
    score TEXT NOT NULL,
    motivation TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    submitted_at TIMESTAMPTZ,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT assessments_one_per_assessor UNIQUE (municipality_id, bid_id, criterion, kind, assessor),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
);

CREATE UNIQUE INDEX assessments_one_consensus
    ON assessments (municipality_id, bid_id, criterion) WHERE kind = 'consensus';

CREATE INDEX assessments_by_lot ON assessments (municipality_id, lot_id, id);

-- == Bids

-- The key of a tender, wrapped by a key-encryption key that the database does not hold. The public half of
-- its receipts can be read by anybody.
CREATE TABLE tender_keys (
    municipality_id TEXT NOT NULL,
    tender_id UUID NOT NULL,
    key_id TEXT NOT NULL,
    wrapped_key BYTEA NOT NULL,
    receipt_key BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

-- Rows are added only. Of the rows with one bidder_index the one received last counts; a withdrawal is a row
-- too. bidder_index is a keyed hash of lot and bidder: the same bidder has another on each lot.
CREATE TABLE sealed_bids (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    lot_id UUID NOT NULL,
    bidder_index BYTEA NOT NULL,
    is_withdrawal BOOLEAN NOT NULL,
    wrapped_key BYTEA NOT NULL,
    quality_part BYTEA NOT NULL,
    price_part BYTEA NOT NULL,
    hash TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    registered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id, lot_id) REFERENCES lots (municipality_id, tender_id, id)
);

CREATE INDEX sealed_bids_by_bidder ON sealed_bids (municipality_id, lot_id, bidder_index);

-- Two people open: the first asks, the second agrees in time, or the request expires. Rows are kept.
CREATE TABLE openings (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    confirmed_by TEXT,
    confirmed_at TIMESTAMPTZ,
    report TEXT,
    envelope TEXT NOT NULL DEFAULT 'whole',
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX openings_by_tender ON openings (municipality_id, tender_id, id);

-- A whole tender as a platform sent it last, known by the platform's reference.
CREATE TABLE tender_packages (
    municipality_id TEXT NOT NULL,
    external_reference TEXT NOT NULL,
    tender_id UUID NOT NULL,
    fingerprint TEXT NOT NULL,
    is_complete BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, external_reference),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

-- == Awarding

-- Never updated: a correction is the next sequence number of its lot.
CREATE TABLE evaluations (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    lot_id UUID NOT NULL,
    sequence INTEGER NOT NULL,
    reason TEXT,
    input TEXT NOT NULL,
    result TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT evaluations_of_lot UNIQUE (municipality_id, lot_id, id),
    CONSTRAINT evaluations_sequence UNIQUE (municipality_id, lot_id, sequence),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
);

CREATE TABLE award_decisions (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    lot_id UUID NOT NULL,
    evaluation_id UUID NOT NULL,
    bid_id UUID NOT NULL,
    motivation TEXT NOT NULL,
    proposed_at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    awarded_at TIMESTAMPTZ,
    standstill_days INTEGER NOT NULL DEFAULT 0,
    standstill_until DATE,
    court TEXT,
    contact TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, evaluation_id)
        REFERENCES evaluations (municipality_id, lot_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
);

CREATE UNIQUE INDEX award_decisions_one_in_force
    ON award_decisions (municipality_id, lot_id) WHERE withdrawn_at IS NULL;

-- What bidders are told of a proposed award, in the words in which they were told. Never changed.
CREATE TABLE award_letters (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    lot_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    bid_id UUID NOT NULL,
    bidder_kvk TEXT NOT NULL,
    kind TEXT NOT NULL,
    dutch TEXT NOT NULL,
    english TEXT NOT NULL,
    dutch_template BIGINT NOT NULL,
    english_template BIGINT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, decision_id) REFERENCES award_decisions (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
);

CREATE INDEX award_letters_by_lot ON award_letters (municipality_id, lot_id, id);

-- Versions of the templates of letters. What comes with the service is version 1, and not stored.
CREATE TABLE letter_templates (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    language TEXT NOT NULL,
    version BIGINT NOT NULL,
    template TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, language, version)
);

-- == Following what was promised

CREATE TABLE contracts (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    external_reference TEXT,
    lot_id UUID,
    title TEXT NOT NULL,
    contractor_kvk TEXT NOT NULL,
    consortium TEXT NOT NULL,
    kind TEXT NOT NULL,
    cpv_codes TEXT NOT NULL,
    contract_sum_cents BIGINT NOT NULL,
    wage_sum_cents BIGINT,
    labour_percent TEXT,
    published_on DATE,
    assigned_on DATE,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    offered_percent TEXT,
    pso_levels TEXT NOT NULL,
    exemption TEXT,
    deviation_cents BIGINT,
    deviation_reason TEXT,
    coordinator TEXT,
    policy_id UUID REFERENCES social_return_policies (id),
    obligation_cents BIGINT,
    state TEXT NOT NULL,
    cure_until DATE,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT contracts_external_reference UNIQUE (municipality_id, external_reference),
    CONSTRAINT contracts_lot UNIQUE (municipality_id, lot_id),
    CONSTRAINT contracts_term CHECK (starts_on <= ends_on),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
);

-- What a contract became; rows are never changed. terms and calculation keep their bytes.
CREATE TABLE contract_changes (
    municipality_id TEXT NOT NULL,
    contract_id UUID NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effective_on DATE NOT NULL,
    reason TEXT NOT NULL,
    terms TEXT NOT NULL,
    policy_id UUID,
    obligation_cents BIGINT,
    calculation TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, contract_id, sequence),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

CREATE TABLE entries (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    external_reference TEXT,
    kind TEXT NOT NULL,
    contractor_kvk TEXT NOT NULL,
    description TEXT NOT NULL,
    candidate TEXT,
    person_key TEXT,
    other_hours TEXT,
    supplier_kvk TEXT,
    invoice_number TEXT,
    block TEXT NOT NULL,
    period_from DATE,
    period_until DATE,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    value_cents BIGINT NOT NULL,
    calculation TEXT NOT NULL,
    created_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT entries_of_contract UNIQUE (municipality_id, contract_id, id),
    CONSTRAINT entries_external_reference UNIQUE (municipality_id, contract_id, external_reference),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

-- Rows are only ever added. A step is known by the version that it gave the entry.
CREATE TABLE ledger (
    municipality_id TEXT NOT NULL,
    entry_id UUID NOT NULL,
    entry_version BIGINT NOT NULL,
    contract_id UUID NOT NULL,
    block TEXT NOT NULL,
    step TEXT NOT NULL,
    submitted_cents BIGINT NOT NULL,
    approved_cents BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (municipality_id, entry_id, entry_version),
    FOREIGN KEY (municipality_id, contract_id, entry_id) REFERENCES entries (municipality_id, contract_id, id)
);

-- Holds all that a total needs, so that totals read no row of another contract.
CREATE INDEX ledger_totals ON ledger (municipality_id, contract_id, block, submitted_cents, approved_cents);

-- The claim index of a region. scope: the region, or the municipality where it takes part in none.
-- claimant: an entry, or the contract that has a PSO reduction.
CREATE TABLE claims (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    claimant UUID NOT NULL,
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    contractor_kvk TEXT NOT NULL,
    counts_from DATE NOT NULL,
    counts_until DATE NOT NULL,
    weekly_hundredths BIGINT,
    PRIMARY KEY (scope, kind, subject, claimant, counts_from)
);

CREATE INDEX claims_by_claimant ON claims (municipality_id, claimant);

CREATE TABLE plans (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    approach TEXT NOT NULL,
    milestones TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_at TIMESTAMPTZ NOT NULL,
    submitted_by TEXT NOT NULL,
    decided_at TIMESTAMPTZ,
    decided_by TEXT,
    reason TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

CREATE INDEX plans_by_contract ON plans (municipality_id, contract_id, id);

CREATE TABLE milestones (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    due_on DATE NOT NULL,
    planned_cents BIGINT,
    done_on DATE,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

CREATE INDEX milestones_by_contract ON milestones (municipality_id, contract_id, due_on);

CREATE INDEX milestones_by_day ON milestones (municipality_id, due_on);

-- Rows are only ever added.
CREATE TABLE settlements (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    step TEXT NOT NULL,
    owed_cents BIGINT NOT NULL,
    realised_cents BIGINT NOT NULL,
    shortfall_cents BIGINT NOT NULL,
    sanction_cents BIGINT NOT NULL,
    carried_over_cents BIGINT NOT NULL,
    cure_until DATE,
    reason TEXT NOT NULL,
    calculation TEXT NOT NULL,
    statement TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

CREATE INDEX settlements_by_contract ON settlements (municipality_id, contract_id, id);

-- A row is written after its file and removed before it, so that a row never lacks its file.
CREATE TABLE evidence_files (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    scan TEXT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    added_by TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id, entry_id) REFERENCES entries (municipality_id, contract_id, id)
);

CREATE INDEX evidence_files_by_entry ON evidence_files (municipality_id, entry_id, id);

-- Of which entries the data of the candidate were removed after the term of retention. Values and ledger stay.
CREATE TABLE candidate_removals (
    municipality_id TEXT NOT NULL,
    entry_id UUID NOT NULL,
    removed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, entry_id),
    FOREIGN KEY (municipality_id, entry_id) REFERENCES entries (municipality_id, id)
);

-- == Overseeing

-- A reminder is sent once, by whichever instance comes first.
CREATE TABLE reminders (
    municipality_id TEXT NOT NULL,
    milestone_id UUID NOT NULL,
    due_on DATE NOT NULL,
    days_before INTEGER NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, milestone_id, due_on, days_before)
);

-- == Telling others

-- The outbox. scope: the municipality, or 'nl' for national reference data.
CREATE TABLE events (
    scope TEXT NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    data TEXT NOT NULL,
    request_id UUID NOT NULL,
    added BIGINT GENERATED ALWAYS AS IDENTITY,
    position BIGINT,
    PRIMARY KEY (scope, id)
);

CREATE UNIQUE INDEX events_by_position ON events (scope, position);

CREATE INDEX events_without_position ON events (added) WHERE position IS NULL;

CREATE TABLE open_data_settings (
    municipality_id TEXT NOT NULL PRIMARY KEY REFERENCES municipalities (id),
    is_open BOOLEAN NOT NULL,
    ocid_prefix TEXT,
    license TEXT,
    publication_policy TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE event_counters (
    scope TEXT PRIMARY KEY,
    last_position BIGINT NOT NULL,
    removed_to BIGINT NOT NULL
);

CREATE TABLE webhook_subscriptions (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    event_types TEXT NOT NULL,
    state TEXT NOT NULL,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until TIMESTAMPTZ,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id)
);

-- What is to be told to a subscriber, and how far that is.
CREATE TABLE webhook_deliveries (
    municipality_id TEXT NOT NULL,
    subscription_id UUID NOT NULL,
    event_id UUID NOT NULL,
    scope TEXT NOT NULL,
    position BIGINT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    holder UUID,
    held_until TIMESTAMPTZ,
    tried_at TIMESTAMPTZ,
    answer INTEGER,
    failure TEXT,
    PRIMARY KEY (municipality_id, subscription_id, event_id),
    FOREIGN KEY (municipality_id, subscription_id) REFERENCES webhook_subscriptions (municipality_id, id)
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (state, due_at);

CREATE INDEX webhook_deliveries_by_subject
    ON webhook_deliveries (municipality_id, subscription_id, scope, subject, position);

CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (scope, position);

-- == Trust

-- A few chains for each scope: hash is over the record and the hash before it.
-- scope: the municipality, or 'nl' for national reference data.
CREATE TABLE audit_records (
    scope TEXT NOT NULL,
    chain SMALLINT NOT NULL,
    sequence BIGINT NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    client TEXT,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    request_id UUID NOT NULL,
    address TEXT,
    hash TEXT NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    person_salt TEXT,
    person_hash TEXT,
    state_salt TEXT,
    PRIMARY KEY (scope, chain, sequence)
);

CREATE INDEX audit_records_by_actor ON audit_records (actor);

CREATE TABLE token_revocations (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    revoked_by TEXT NOT NULL,
    until TIMESTAMPTZ
);

CREATE TABLE person_removals (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    recorded_before DATE NOT NULL,
    basis TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    removed_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
);
