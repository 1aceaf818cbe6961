-- A chain for each scope: hash is over the record and the hash before it.
-- scope: the municipality, or 'nl' for national reference data.
CREATE TABLE audit_records (
    scope TEXT NOT NULL,
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
    PRIMARY KEY (scope, sequence)
) STRICT, WITHOUT ROWID;
