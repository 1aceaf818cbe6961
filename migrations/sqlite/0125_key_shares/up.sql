-- The public halves of the keys of openers, who keep the secret halves.
CREATE TABLE opener_keys (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    person TEXT NOT NULL,
    public_key BLOB NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id)
) STRICT;

-- That the key of a tender is split, and among whom; from the publication on with what bids are encrypted to.
CREATE TABLE key_splits (
    municipality_id TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    threshold INTEGER NOT NULL,
    openers TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    quality_key BLOB,
    price_key BLOB,
    PRIMARY KEY (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

-- The parts of what opens the envelopes of a tender, each encrypted to one opener.
CREATE TABLE key_shares (
    municipality_id TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    envelope TEXT NOT NULL,
    opener_key_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    share_check BLOB NOT NULL,
    PRIMARY KEY (municipality_id, tender_id, envelope, opener_key_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES key_splits (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, opener_key_id) REFERENCES opener_keys (municipality_id, id)
) STRICT;

-- Who gave a part for an opening. The part itself is gone once the opening is over.
CREATE TABLE given_shares (
    municipality_id TEXT NOT NULL,
    opening_id BLOB NOT NULL,
    opener_key_id BLOB NOT NULL,
    person TEXT NOT NULL,
    given_at TEXT NOT NULL,
    sealed BLOB,
    PRIMARY KEY (municipality_id, opening_id, opener_key_id),
    FOREIGN KEY (municipality_id, opening_id) REFERENCES openings (municipality_id, id),
    FOREIGN KEY (municipality_id, opener_key_id) REFERENCES opener_keys (municipality_id, id)
) STRICT;

-- The keys of the parts of bids that were opened, to compare them with their originals.
CREATE TABLE opened_keys (
    municipality_id TEXT NOT NULL,
    bid_id BLOB NOT NULL,
    part TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (municipality_id, bid_id, part),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES key_splits (municipality_id, tender_id)
) STRICT;

CREATE INDEX opened_keys_by_tender ON opened_keys (municipality_id, tender_id);
