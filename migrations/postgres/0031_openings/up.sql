-- Two people open: the first asks, the second agrees in time, or the request expires. Rows are kept.
CREATE TABLE openings (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    confirmed_by TEXT,
    confirmed_at TIMESTAMPTZ,
    report TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX openings_by_tender ON openings (municipality_id, tender_id, id);
