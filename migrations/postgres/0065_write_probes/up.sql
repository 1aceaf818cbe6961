-- One row that is written to find out whether the database takes writes.
CREATE TABLE write_probes (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    writes BIGINT NOT NULL
);
INSERT INTO write_probes (id, writes) VALUES (1, 0);
