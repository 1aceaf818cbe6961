CREATE TABLE open_data_settings (
    municipality_id TEXT NOT NULL PRIMARY KEY REFERENCES municipalities (id),
    is_open BOOLEAN NOT NULL,
    ocid_prefix TEXT,
    license TEXT,
    publication_policy TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
