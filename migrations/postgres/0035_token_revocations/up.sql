CREATE TABLE token_revocations (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    revoked_by TEXT NOT NULL,
    until TIMESTAMPTZ
);
