CREATE TABLE tenders (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    external_reference TEXT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    buyer TEXT NOT NULL,
    cpv_codes TEXT NOT NULL,
    estimated_value_cents INTEGER,
    above_threshold INTEGER,
    bid_custody TEXT NOT NULL,
    max_lots_per_bidder INTEGER,
    deadline_at TEXT,
    award_on TEXT,
    published_at TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT tenders_external_reference UNIQUE (municipality_id, external_reference)
) STRICT;

CREATE TABLE lots (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    estimated_value_cents INTEGER,
    state TEXT NOT NULL,
    opened_at TEXT,
    award_model TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT lots_of_tender UNIQUE (municipality_id, tender_id, id),
    CONSTRAINT lots_number UNIQUE (municipality_id, tender_id, number),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

-- A step is known by the version that it gave the lot.
CREATE TABLE lot_steps (
    municipality_id TEXT NOT NULL,
    lot_id BLOB NOT NULL,
    lot_version INTEGER NOT NULL,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    attested_at TEXT,
    evidence TEXT,
    PRIMARY KEY (municipality_id, lot_id, lot_version),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
) STRICT;

CREATE TABLE rectifications (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

CREATE INDEX rectifications_by_tender ON rectifications (municipality_id, tender_id, id);

CREATE TABLE deadline_extensions (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    previous_deadline_at TEXT NOT NULL,
    deadline_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

CREATE INDEX deadline_extensions_by_tender ON deadline_extensions (municipality_id, tender_id, id);
