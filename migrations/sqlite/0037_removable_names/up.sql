-- The chain holds person_hash, over a salt and who did it; without both, nobody can be found from it.
-- Records from before have neither, and their hash is over the names themselves.
ALTER TABLE audit_records ADD COLUMN person_salt TEXT;
ALTER TABLE audit_records ADD COLUMN person_hash TEXT;

CREATE INDEX audit_records_by_actor ON audit_records (actor);

CREATE TABLE person_removals (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    recorded_before TEXT NOT NULL,
    basis TEXT NOT NULL,
    at TEXT NOT NULL,
    removed_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
) STRICT;
