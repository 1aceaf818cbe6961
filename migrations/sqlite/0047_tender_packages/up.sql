-- A whole tender as a platform sent it last, known by the platform's reference.
CREATE TABLE tender_packages (
    municipality_id TEXT NOT NULL,
    external_reference TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    is_complete INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, external_reference),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;
