-- The public halves of the keys of openers, who keep the secret halves.
CREATE TABLE opener_keys (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    person TEXT NOT NULL,
    public_key BYTEA NOT NULL,
    registered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id)
);

-- That the key of a tender is split, and among whom; from the publication on with what bids are encrypted to.
CREATE TABLE key_splits (
    municipality_id TEXT NOT NULL,
    tender_id UUID NOT NULL,
    threshold BIGINT NOT NULL,
    openers TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TIMESTAMPTZ NOT NULL,
    quality_key BYTEA,
    price_key BYTEA,
    PRIMARY KEY (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
);

-- The parts of what opens the envelopes of a tender, each encrypted to one opener.
CREATE TABLE key_shares (
    municipality_id TEXT NOT NULL,
    tender_id UUID NOT NULL,
    envelope TEXT NOT NULL,
    opener_key_id UUID NOT NULL,
    sealed BYTEA NOT NULL,
    share_check BYTEA NOT NULL,
    PRIMARY KEY (municipality_id, tender_id, envelope, opener_key_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES key_splits (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, opener_key_id) REFERENCES opener_keys (municipality_id, id)
);

-- Who gave a part for an opening. The part itself is gone once the opening is over.
CREATE TABLE given_shares (
    municipality_id TEXT NOT NULL,
    opening_id UUID NOT NULL,
    opener_key_id UUID NOT NULL,
    person TEXT NOT NULL,
    given_at TIMESTAMPTZ NOT NULL,
    sealed BYTEA,
    PRIMARY KEY (municipality_id, opening_id, opener_key_id),
    FOREIGN KEY (municipality_id, opening_id) REFERENCES openings (municipality_id, id),
    FOREIGN KEY (municipality_id, opener_key_id) REFERENCES opener_keys (municipality_id, id)
);

-- The keys of the parts of bids that were opened, to compare them with their originals.
CREATE TABLE opened_keys (
    municipality_id TEXT NOT NULL,
    bid_id UUID NOT NULL,
    part TEXT NOT NULL,
    tender_id UUID NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (municipality_id, bid_id, part),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES key_splits (municipality_id, tender_id)
);

CREATE INDEX opened_keys_by_tender ON opened_keys (municipality_id, tender_id);
