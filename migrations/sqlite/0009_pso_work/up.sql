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
