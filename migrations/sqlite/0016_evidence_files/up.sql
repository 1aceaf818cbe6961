-- A row is written after its file and removed before it, so that a row never lacks its file.
CREATE TABLE evidence_files (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    entry_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    scan TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id, entry_id) REFERENCES entries (municipality_id, contract_id, id)
) STRICT;

CREATE INDEX evidence_files_by_entry ON evidence_files (municipality_id, entry_id, id);
