-- A notice is known by its id and version; one without an id by the hash of its bytes.
CREATE TABLE notice_imports (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    notice_id TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    kind TEXT NOT NULL,
    procedure_id TEXT,
    tender_id UUID,
    outcome TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    to_complete INTEGER NOT NULL,
    not_taken_over INTEGER NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL,
    imported_by TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT notice_imports_once UNIQUE (municipality_id, notice_id, notice_version),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX notice_imports_by_procedure ON notice_imports (municipality_id, procedure_id);
CREATE INDEX notice_imports_by_tender ON notice_imports (municipality_id, tender_id);
