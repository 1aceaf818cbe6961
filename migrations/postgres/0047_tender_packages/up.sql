-- A whole tender as a platform sent it last, known by the platform's reference.
CREATE TABLE tender_packages (
    municipality_id TEXT NOT NULL,
    external_reference TEXT NOT NULL,
    tender_id UUID NOT NULL,
    fingerprint TEXT NOT NULL,
    is_complete BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, external_reference),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);
