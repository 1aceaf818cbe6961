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
