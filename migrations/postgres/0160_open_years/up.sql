-- Whether anybody may read what social return came to, year by year.
CREATE TABLE open_year_settings (
    municipality_id TEXT NOT NULL PRIMARY KEY REFERENCES municipalities (id),
    is_open BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
