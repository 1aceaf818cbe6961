CREATE TABLE tenders (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    external_reference TEXT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    buyer TEXT NOT NULL,
    cpv_codes TEXT NOT NULL,
    estimated_value_cents BIGINT,
    above_threshold BOOLEAN,
    bid_custody TEXT NOT NULL,
    max_lots_per_bidder INTEGER,
    deadline_at TIMESTAMPTZ,
    award_on DATE,
    published_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT tenders_external_reference UNIQUE (municipality_id, external_reference)
);

CREATE TABLE lots (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    estimated_value_cents BIGINT,
    state TEXT NOT NULL,
    opened_at TIMESTAMPTZ,
    award_model TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT lots_of_tender UNIQUE (municipality_id, tender_id, id),
    CONSTRAINT lots_number UNIQUE (municipality_id, tender_id, number),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

-- A step is known by the version that it gave the lot.
CREATE TABLE lot_steps (
    municipality_id TEXT NOT NULL,
    lot_id UUID NOT NULL,
    lot_version BIGINT NOT NULL,
    step TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    attested_at TIMESTAMPTZ,
    evidence TEXT,
    PRIMARY KEY (municipality_id, lot_id, lot_version),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
);

CREATE TABLE rectifications (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX rectifications_by_tender ON rectifications (municipality_id, tender_id, id);

CREATE TABLE deadline_extensions (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    previous_deadline_at TIMESTAMPTZ NOT NULL,
    deadline_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

CREATE INDEX deadline_extensions_by_tender ON deadline_extensions (municipality_id, tender_id, id);
