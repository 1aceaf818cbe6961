-- The place in the order that readers follow, contiguous within a scope; given after the event was committed.
-- The order in which events were added is that of their rowid.
ALTER TABLE events ADD COLUMN position INTEGER;

CREATE UNIQUE INDEX events_by_position ON events (scope, position);
CREATE INDEX events_without_position ON events (scope) WHERE position IS NULL;

CREATE TABLE event_counters (
    scope TEXT NOT NULL PRIMARY KEY,
    last_position INTEGER NOT NULL,
    removed_to INTEGER NOT NULL
) STRICT;
