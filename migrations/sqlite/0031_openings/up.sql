-- Two people open: the first asks, the second agrees in time, or the request expires. Rows are kept.
CREATE TABLE openings (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    confirmed_by TEXT,
    confirmed_at TEXT,
    report TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

CREATE INDEX openings_by_tender ON openings (municipality_id, tender_id, id);
