CREATE TABLE token_revocations (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    until TEXT
) STRICT, WITHOUT ROWID;
