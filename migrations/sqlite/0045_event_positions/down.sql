DROP TABLE event_counters;
DROP INDEX events_without_position;
DROP INDEX events_by_position;
ALTER TABLE events DROP COLUMN position;
