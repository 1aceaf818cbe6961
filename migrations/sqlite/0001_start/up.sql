-- == What every room stands on

CREATE TABLE municipalities (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    oin TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE organisations (
    kvk TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- Work that waits or is under way. Who works holds the row until a moment; when that has passed, another may.
-- asked: how often it was asked for, so that what is asked while it runs is done once more.
CREATE TABLE jobs (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at TEXT NOT NULL,
    asked INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    holder BLOB,
    held_until TEXT,
    failure TEXT,
    CONSTRAINT jobs_subject UNIQUE (kind, scope, subject)
) STRICT;

CREATE INDEX jobs_by_due ON jobs (kind, due_at);

CREATE TABLE regions (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- A municipality takes part in one region at the most.
CREATE TABLE region_members (
    municipality_id TEXT PRIMARY KEY REFERENCES municipalities (id),
    region_id TEXT NOT NULL REFERENCES regions (id)
) STRICT;

CREATE INDEX region_members_by_region ON region_members (region_id, municipality_id);

-- id: a hash over caller, route and key; body_hash: keyed with the client's key; answer: sealed with it.
-- request_id: the request that holds the key; object: what its write was done to, once that is committed.
CREATE TABLE idempotency_keys (
    id TEXT PRIMARY KEY,
    body_hash TEXT NOT NULL,
    request_id BLOB NOT NULL,
    claimed_at TEXT NOT NULL,
    object TEXT,
    answer TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (claimed_at);

-- == PSO

CREATE TABLE pso_certificates (
    id BLOB PRIMARY KEY,
    number TEXT NOT NULL,
    ladder TEXT NOT NULL,
    level TEXT NOT NULL,
    certifying_body TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    ended_on TEXT,
    source TEXT NOT NULL,
    evidence TEXT,
    verified_by TEXT,
    verified_at TEXT,
    revision INTEGER NOT NULL,
    reason TEXT,
    created_at TEXT NOT NULL,
    superseded_at TEXT,
    CONSTRAINT pso_certificates_number UNIQUE (number, valid_from, revision),
    CONSTRAINT pso_certificates_term CHECK (valid_from <= valid_until),
    CONSTRAINT pso_certificates_verified CHECK ((verified_by IS NULL) = (verified_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX pso_certificates_latest ON pso_certificates (number, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE pso_certificate_holders (
    certificate_id BLOB NOT NULL REFERENCES pso_certificates (id),
    kvk TEXT NOT NULL,
    PRIMARY KEY (certificate_id, kvk)
) STRICT;

CREATE INDEX pso_certificate_holders_by_organisation ON pso_certificate_holders (kvk, certificate_id);

-- Versions of ladders, norms and weights. scope: the municipality whose own they are, or 'nl'.
CREATE TABLE pso_tables (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (scope, kind, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE register_imports (
    id BLOB PRIMARY KEY,
    source TEXT NOT NULL,
    origin TEXT NOT NULL,
    is_complete INTEGER NOT NULL,
    max_ended_percent INTEGER NOT NULL,
    state TEXT NOT NULL,
    not_modified INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    malformed INTEGER NOT NULL,
    note TEXT,
    etag TEXT,
    last_modified TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT
) STRICT;

-- A list that was handed over, in pieces, until it has been read.
CREATE TABLE register_import_parts (
    import_id BLOB NOT NULL REFERENCES register_imports (id),
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (import_id, part)
) STRICT;

CREATE TABLE register_import_faults (
    import_id BLOB NOT NULL REFERENCES register_imports (id),
    fault INTEGER NOT NULL,
    row_number INTEGER NOT NULL,
    certificate_number TEXT,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import_id, fault)
) STRICT;

-- Which certificates the list named, while it is being read.
CREATE TABLE register_import_sightings (
    import_id BLOB NOT NULL REFERENCES register_imports (id),
    certificate_id BLOB NOT NULL REFERENCES pso_certificates (id),
    PRIMARY KEY (import_id, certificate_id)
) STRICT, WITHOUT ROWID;

-- Up to which day changes of levels by the passing of time were told.
CREATE TABLE level_watches (
    watched_until TEXT PRIMARY KEY
) STRICT;

-- An organisation's own: found by its KvK number before anything else.
CREATE TABLE pso_contributions (
    kvk TEXT NOT NULL,
    id BLOB NOT NULL,
    reference_year_from TEXT,
    total_fte TEXT NOT NULL,
    direct TEXT NOT NULL,
    indirect TEXT NOT NULL,
    total TEXT NOT NULL,
    level TEXT,
    is_complete INTEGER NOT NULL,
    input TEXT NOT NULL,
    result TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (kvk, id)
) STRICT;

CREATE TABLE pso_contribution_grants (
    kvk TEXT NOT NULL,
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    granted_at TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    withdrawn_at TEXT,
    PRIMARY KEY (kvk, municipality_id, granted_at)
) STRICT;

CREATE UNIQUE INDEX pso_contribution_grants_standing
    ON pso_contribution_grants (kvk, municipality_id) WHERE withdrawn_at IS NULL;

CREATE TABLE pso_requirement_checks (
    kvk TEXT NOT NULL,
    id BLOB NOT NULL,
    requirement TEXT NOT NULL,
    is_met INTEGER NOT NULL,
    evidence TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (kvk, id)
) STRICT;

-- What a supplier tells of itself. Codes and regions stand between spaces: ' 77310000 ', ' gm0344 '.
CREATE TABLE supplier_profiles (
    kvk TEXT PRIMARY KEY,
    cpv_codes TEXT NOT NULL,
    regions TEXT NOT NULL,
    turnover_cents INTEGER,
    fte TEXT,
    direct_share_percent TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- == Policies and value maps

-- A municipality's own, or shared by a region; content never changes.
CREATE TABLE social_return_policies (
    id BLOB PRIMARY KEY,
    municipality_id TEXT REFERENCES municipalities (id),
    region_id TEXT REFERENCES regions (id),
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT social_return_policies_owner CHECK ((municipality_id IS NULL) <> (region_id IS NULL)),
    CONSTRAINT social_return_policies_of_municipality UNIQUE (municipality_id, code, version),
    CONSTRAINT social_return_policies_of_region UNIQUE (region_id, code, version)
) STRICT;

CREATE TABLE value_maps (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
) STRICT;

CREATE TABLE value_map_versions (
    municipality_id TEXT NOT NULL,
    value_map_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    reason TEXT,
    content TEXT NOT NULL,
    result TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, value_map_id, number),
    FOREIGN KEY (municipality_id, value_map_id) REFERENCES value_maps (municipality_id, id)
) STRICT;

-- == Tenders and lots

CREATE TABLE tenders (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    external_reference TEXT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    buyer TEXT NOT NULL,
    cpv_codes TEXT NOT NULL,
    estimated_value_cents INTEGER,
    above_threshold INTEGER,
    bid_custody TEXT NOT NULL,
    max_lots_per_bidder INTEGER,
    deadline_at TEXT,
    award_on TEXT,
    published_at TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    bid_envelopes TEXT NOT NULL DEFAULT 'one',
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT tenders_external_reference UNIQUE (municipality_id, external_reference)
) STRICT;

CREATE TABLE lots (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    estimated_value_cents INTEGER,
    state TEXT NOT NULL,
    opened_at TEXT,
    award_model TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    quality_fixed_at TEXT,
    prices_opened_at TEXT,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT lots_of_tender UNIQUE (municipality_id, tender_id, id),
    CONSTRAINT lots_number UNIQUE (municipality_id, tender_id, number),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

-- A step is known by the version that it gave the lot.
CREATE TABLE lot_steps (
    municipality_id TEXT NOT NULL,
    lot_id BLOB NOT NULL,
    lot_version INTEGER NOT NULL,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    attested_at TEXT,
    evidence TEXT,
    PRIMARY KEY (municipality_id, lot_id, lot_version),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
) STRICT;

CREATE TABLE rectifications (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

CREATE INDEX rectifications_by_tender ON rectifications (municipality_id, tender_id, id);

CREATE TABLE deadline_extensions (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    previous_deadline_at TEXT NOT NULL,
    deadline_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

CREATE INDEX deadline_extensions_by_tender ON deadline_extensions (municipality_id, tender_id, id);

-- A notice is known by its id and version; one without an id by the hash of its bytes.
CREATE TABLE notice_imports (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    notice_id TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    kind TEXT NOT NULL,
    procedure_id TEXT,
    tender_id BLOB,
    outcome TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    to_complete INTEGER NOT NULL,
    not_taken_over INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT notice_imports_once UNIQUE (municipality_id, notice_id, notice_version),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

CREATE INDEX notice_imports_by_procedure ON notice_imports (municipality_id, procedure_id);

CREATE INDEX notice_imports_by_tender ON notice_imports (municipality_id, tender_id);

-- == Assessing

-- What happened around a lot, fact after fact. Added only, never changed.
CREATE TABLE dossier_entries (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    fact TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
) STRICT;

CREATE INDEX dossier_entries_by_lot ON dossier_entries (municipality_id, lot_id, id);

-- == Bids

CREATE TABLE bids (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    bidder_kvk TEXT NOT NULL,
    content TEXT NOT NULL,
    external_reference TEXT,
    receipt_hash TEXT NOT NULL,
    received_at TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    price_sealed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT bids_of_lot UNIQUE (municipality_id, lot_id, id),
    CONSTRAINT bids_one_per_bidder_and_lot UNIQUE (municipality_id, lot_id, bidder_kvk),
    FOREIGN KEY (municipality_id, tender_id, lot_id) REFERENCES lots (municipality_id, tender_id, id)
) STRICT;

CREATE INDEX bids_by_tender_and_bidder ON bids (municipality_id, tender_id, bidder_kvk);

-- == PSO

-- Added only: of one claim the last finding counts.
CREATE TABLE pso_claim_findings (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    kvk TEXT NOT NULL,
    level TEXT NOT NULL,
    ladder TEXT NOT NULL,
    counts_on TEXT NOT NULL,
    verdict TEXT NOT NULL,
    certificate_id BLOB REFERENCES pso_certificates (id),
    certificate_level TEXT,
    reason TEXT,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
) STRICT;

CREATE INDEX pso_claim_findings_by_bid ON pso_claim_findings (municipality_id, bid_id, id);

-- == Assessing

CREATE TABLE assessments (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    criterion TEXT NOT NULL,
    kind TEXT NOT NULL,
    assessor TEXT NOT NULL,
    score TEXT NOT NULL,
    motivation TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    submitted_at TEXT,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT assessments_one_per_assessor UNIQUE (municipality_id, bid_id, criterion, kind, assessor),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
) STRICT;

CREATE UNIQUE INDEX assessments_one_consensus
    ON assessments (municipality_id, bid_id, criterion) WHERE kind = 'consensus';

CREATE INDEX assessments_by_lot ON assessments (municipality_id, lot_id, id);

-- == Bids

-- The key of a tender, wrapped by a key-encryption key that the database does not hold. The public half of
-- its receipts can be read by anybody.
CREATE TABLE tender_keys (
    municipality_id TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    key_id TEXT NOT NULL,
    wrapped_key BLOB NOT NULL,
    receipt_key BLOB NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

-- Two people open: the first asks, the second agrees in time, or the request expires. Rows are kept.
CREATE TABLE openings (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    confirmed_by TEXT,
    confirmed_at TEXT,
    report TEXT,
    envelope TEXT NOT NULL DEFAULT 'whole',
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

CREATE INDEX openings_by_tender ON openings (municipality_id, tender_id, id);

-- A whole tender as a platform sent it last, known by the platform's reference.
CREATE TABLE tender_packages (
    municipality_id TEXT NOT NULL,
    external_reference TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    is_complete INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, external_reference),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

-- Each reference of a row is looked up when it is stored. A bid is sealed with the key of its tender, so that
-- there is one needs no proof; that the lot is there still does.
CREATE TABLE sealed_bids (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    bidder_index BLOB NOT NULL,
    is_withdrawal INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    quality_part BLOB NOT NULL,
    price_part BLOB NOT NULL,
    hash TEXT NOT NULL,
    received_at TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id, lot_id) REFERENCES lots (municipality_id, tender_id, id)
) STRICT;

CREATE INDEX sealed_bids_by_bidder ON sealed_bids (municipality_id, lot_id, bidder_index);

-- == Awarding

-- Never updated: a correction is the next sequence number of its lot.
CREATE TABLE evaluations (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    reason TEXT,
    input TEXT NOT NULL,
    result TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT evaluations_of_lot UNIQUE (municipality_id, lot_id, id),
    CONSTRAINT evaluations_sequence UNIQUE (municipality_id, lot_id, sequence),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
) STRICT;

CREATE TABLE award_decisions (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    evaluation_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    motivation TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    withdrawn_at TEXT,
    awarded_at TEXT,
    standstill_days INTEGER NOT NULL DEFAULT 0,
    standstill_until TEXT,
    court TEXT,
    contact TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, evaluation_id)
        REFERENCES evaluations (municipality_id, lot_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
) STRICT;

CREATE UNIQUE INDEX award_decisions_one_in_force
    ON award_decisions (municipality_id, lot_id) WHERE withdrawn_at IS NULL;

-- What bidders are told of a proposed award, in the words in which they were told. Never changed.
CREATE TABLE award_letters (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    decision_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    bidder_kvk TEXT NOT NULL,
    kind TEXT NOT NULL,
    dutch TEXT NOT NULL,
    english TEXT NOT NULL,
    dutch_template INTEGER NOT NULL,
    english_template INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, decision_id) REFERENCES award_decisions (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
) STRICT;

CREATE INDEX award_letters_by_lot ON award_letters (municipality_id, lot_id, id);

-- Versions of the templates of letters. What comes with the service is version 1, and not stored.
CREATE TABLE letter_templates (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    template TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, language, version)
) STRICT;

-- == Following what was promised

CREATE TABLE contracts (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    external_reference TEXT,
    lot_id BLOB,
    title TEXT NOT NULL,
    contractor_kvk TEXT NOT NULL,
    consortium TEXT NOT NULL,
    kind TEXT NOT NULL,
    cpv_codes TEXT NOT NULL,
    contract_sum_cents INTEGER NOT NULL,
    wage_sum_cents INTEGER,
    labour_percent TEXT,
    published_on TEXT,
    assigned_on TEXT,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    offered_percent TEXT,
    pso_levels TEXT NOT NULL,
    exemption TEXT,
    deviation_cents INTEGER,
    deviation_reason TEXT,
    coordinator TEXT,
    policy_id BLOB REFERENCES social_return_policies (id),
    obligation_cents INTEGER,
    state TEXT NOT NULL,
    cure_until TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT contracts_external_reference UNIQUE (municipality_id, external_reference),
    CONSTRAINT contracts_lot UNIQUE (municipality_id, lot_id),
    CONSTRAINT contracts_term CHECK (starts_on <= ends_on),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
) STRICT;

-- What a contract became; rows are never changed. terms and calculation keep their bytes.
CREATE TABLE contract_changes (
    municipality_id TEXT NOT NULL,
    contract_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    terms TEXT NOT NULL,
    policy_id BLOB,
    obligation_cents INTEGER,
    calculation TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, contract_id, sequence),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

CREATE TABLE entries (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
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
    period_from TEXT,
    period_until TEXT,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    value_cents INTEGER NOT NULL,
    calculation TEXT NOT NULL,
    created_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT entries_of_contract UNIQUE (municipality_id, contract_id, id),
    CONSTRAINT entries_external_reference UNIQUE (municipality_id, contract_id, external_reference),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

-- Rows are only ever added. A step is known by the version that it gave the entry.
CREATE TABLE ledger (
    municipality_id TEXT NOT NULL,
    entry_id BLOB NOT NULL,
    entry_version INTEGER NOT NULL,
    contract_id BLOB NOT NULL,
    block TEXT NOT NULL,
    step TEXT NOT NULL,
    submitted_cents INTEGER NOT NULL,
    approved_cents INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (municipality_id, entry_id, entry_version),
    FOREIGN KEY (municipality_id, contract_id, entry_id) REFERENCES entries (municipality_id, contract_id, id)
) STRICT;

-- Holds all that a total needs, so that totals read no row of another contract.
CREATE INDEX ledger_totals ON ledger (municipality_id, contract_id, block, submitted_cents, approved_cents);

-- The claim index of a region. scope: the region, or the municipality where it takes part in none.
-- claimant: an entry, or the contract that has a PSO reduction.
CREATE TABLE claims (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    claimant BLOB NOT NULL,
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    contractor_kvk TEXT NOT NULL,
    counts_from TEXT NOT NULL,
    counts_until TEXT NOT NULL,
    weekly_hundredths INTEGER,
    PRIMARY KEY (scope, kind, subject, claimant, counts_from)
) STRICT;

CREATE INDEX claims_by_claimant ON claims (municipality_id, claimant);

CREATE TABLE plans (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    approach TEXT NOT NULL,
    milestones TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT,
    reason TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

CREATE INDEX plans_by_contract ON plans (municipality_id, contract_id, id);

CREATE TABLE milestones (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    due_on TEXT NOT NULL,
    planned_cents INTEGER,
    done_on TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

CREATE INDEX milestones_by_contract ON milestones (municipality_id, contract_id, due_on);

CREATE INDEX milestones_by_day ON milestones (municipality_id, due_on);

-- Rows are only ever added.
CREATE TABLE settlements (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    step TEXT NOT NULL,
    owed_cents INTEGER NOT NULL,
    realised_cents INTEGER NOT NULL,
    shortfall_cents INTEGER NOT NULL,
    sanction_cents INTEGER NOT NULL,
    carried_over_cents INTEGER NOT NULL,
    cure_until TEXT,
    reason TEXT NOT NULL,
    calculation TEXT NOT NULL,
    statement TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

CREATE INDEX settlements_by_contract ON settlements (municipality_id, contract_id, id);

-- A row is written after its file and removed before it, so that a row never lacks its file.
CREATE TABLE evidence_files (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    entry_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    scan TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id, entry_id) REFERENCES entries (municipality_id, contract_id, id)
) STRICT;

CREATE INDEX evidence_files_by_entry ON evidence_files (municipality_id, entry_id, id);

-- Of which entries the data of the candidate were removed after the term of retention. Values and ledger stay.
CREATE TABLE candidate_removals (
    municipality_id TEXT NOT NULL,
    entry_id BLOB NOT NULL,
    removed_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, entry_id),
    FOREIGN KEY (municipality_id, entry_id) REFERENCES entries (municipality_id, id)
) STRICT;

-- == Overseeing

-- A reminder is sent once, by whichever instance comes first.
CREATE TABLE reminders (
    municipality_id TEXT NOT NULL,
    milestone_id BLOB NOT NULL,
    due_on TEXT NOT NULL,
    days_before INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, milestone_id, due_on, days_before)
) STRICT;

-- == Telling others

-- The outbox. scope: the municipality, or 'nl' for national reference data.
CREATE TABLE events (
    scope TEXT NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    data TEXT NOT NULL,
    request_id BLOB NOT NULL,
    position INTEGER,
    PRIMARY KEY (scope, id)
) STRICT;

CREATE UNIQUE INDEX events_by_position ON events (scope, position);

CREATE INDEX events_without_position ON events (scope) WHERE position IS NULL;

CREATE TABLE open_data_settings (
    municipality_id TEXT NOT NULL PRIMARY KEY REFERENCES municipalities (id),
    is_open INTEGER NOT NULL,
    ocid_prefix TEXT,
    license TEXT,
    publication_policy TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE event_counters (
    scope TEXT NOT NULL PRIMARY KEY,
    last_position INTEGER NOT NULL,
    removed_to INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_subscriptions (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    event_types TEXT NOT NULL,
    state TEXT NOT NULL,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
) STRICT;

-- What is to be told to a subscriber, and how far that is.
CREATE TABLE webhook_deliveries (
    municipality_id TEXT NOT NULL,
    subscription_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    scope TEXT NOT NULL,
    position INTEGER NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    holder BLOB,
    held_until TEXT,
    tried_at TEXT,
    answer INTEGER,
    failure TEXT,
    PRIMARY KEY (municipality_id, subscription_id, event_id),
    FOREIGN KEY (municipality_id, subscription_id) REFERENCES webhook_subscriptions (municipality_id, id)
) STRICT;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (state, due_at);

CREATE INDEX webhook_deliveries_by_subject
    ON webhook_deliveries (municipality_id, subscription_id, scope, subject, position);

CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (scope, position);

-- == Trust

-- A few chains for each scope: hash is over the record and the hash before it.
-- scope: the municipality, or 'nl' for national reference data.
CREATE TABLE audit_records (
    scope TEXT NOT NULL,
    chain INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    id BLOB NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    client TEXT,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    request_id BLOB NOT NULL,
    address TEXT,
    hash TEXT NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    person_salt TEXT,
    person_hash TEXT,
    state_salt TEXT,
    PRIMARY KEY (scope, chain, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_records_by_actor ON audit_records (actor);

CREATE TABLE token_revocations (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    until TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE person_removals (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    recorded_before TEXT NOT NULL,
    basis TEXT NOT NULL,
    at TEXT NOT NULL,
    removed_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
) STRICT;
