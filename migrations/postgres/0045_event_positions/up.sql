-- The order in which events were added: an event that saw another committed comes after it.
ALTER TABLE events ADD COLUMN added BIGINT GENERATED ALWAYS AS IDENTITY;
-- The place in the order that readers follow, contiguous within a scope; given after the event was committed.
ALTER TABLE events ADD COLUMN position BIGINT;

CREATE UNIQUE INDEX events_by_position ON events (scope, position);
CREATE INDEX events_without_position ON events (added) WHERE position IS NULL;

CREATE TABLE event_counters (
    scope TEXT PRIMARY KEY,
    last_position BIGINT NOT NULL,
    removed_to BIGINT NOT NULL
);
