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
