-- The outbox. scope: the municipality, or 'nl' for national reference data.
CREATE TABLE events (
    scope TEXT NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    data TEXT NOT NULL,
    request_id BLOB NOT NULL,
    PRIMARY KEY (scope, id)
) STRICT;
