-- Of which entries the data of the candidate were removed after the term of retention. Values and ledger stay.
CREATE TABLE candidate_removals (
    municipality_id TEXT NOT NULL,
    entry_id BLOB NOT NULL,
    removed_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, entry_id),
    FOREIGN KEY (municipality_id, entry_id) REFERENCES entries (municipality_id, id)
) STRICT;
