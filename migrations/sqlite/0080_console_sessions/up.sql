-- Who is logged in on a page. The key is the SHA-256 of what the cookie holds, and the token is sealed under a
-- key that follows from the cookie: the table alone lets nobody in.
CREATE TABLE console_sessions (
    id_hash TEXT PRIMARY KEY,
    sealed_token BLOB NOT NULL,
    begun_at TEXT NOT NULL,
    used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX console_sessions_by_use ON console_sessions (used_at);
