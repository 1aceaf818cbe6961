-- Whether anybody may read what social return came to, year by year.
CREATE TABLE open_year_settings (
    municipality_id TEXT NOT NULL PRIMARY KEY REFERENCES municipalities (id),
    is_open INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
