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
