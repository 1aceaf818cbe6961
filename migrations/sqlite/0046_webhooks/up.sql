CREATE TABLE webhook_subscriptions (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    event_types TEXT NOT NULL,
    state TEXT NOT NULL,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
) STRICT;

-- What is to be told to a subscriber, and how far that is.
CREATE TABLE webhook_deliveries (
    municipality_id TEXT NOT NULL,
    subscription_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    scope TEXT NOT NULL,
    position INTEGER NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    holder BLOB,
    held_until TEXT,
    tried_at TEXT,
    answer INTEGER,
    failure TEXT,
    PRIMARY KEY (municipality_id, subscription_id, event_id),
    FOREIGN KEY (municipality_id, subscription_id) REFERENCES webhook_subscriptions (municipality_id, id)
) STRICT;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (state, due_at);
CREATE INDEX webhook_deliveries_by_subject
    ON webhook_deliveries (municipality_id, subscription_id, scope, subject, position);
CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (scope, position);
