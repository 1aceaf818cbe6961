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
