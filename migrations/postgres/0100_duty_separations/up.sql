-- Which duties one person may not have together on one lot, version after version.
CREATE TABLE duty_separations (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    version BIGINT NOT NULL,
    apart TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, version)
);
