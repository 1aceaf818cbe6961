CREATE TABLE value_maps (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
) STRICT;

CREATE TABLE value_map_versions (
    municipality_id TEXT NOT NULL,
    value_map_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    reason TEXT,
    content TEXT NOT NULL,
    result TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, value_map_id, number),
    FOREIGN KEY (municipality_id, value_map_id) REFERENCES value_maps (municipality_id, id)
) STRICT;
