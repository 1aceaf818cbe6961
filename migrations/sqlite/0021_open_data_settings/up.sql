CREATE TABLE open_data_settings (
    municipality_id TEXT NOT NULL PRIMARY KEY REFERENCES municipalities (id),
    is_open INTEGER NOT NULL,
    ocid_prefix TEXT,
    license TEXT,
    publication_policy TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
