-- The outbox. scope: the municipality, or 'nl' for national reference data.
CREATE TABLE events (
    scope TEXT NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    data TEXT NOT NULL,
    request_id UUID NOT NULL,
    PRIMARY KEY (scope, id)
);
