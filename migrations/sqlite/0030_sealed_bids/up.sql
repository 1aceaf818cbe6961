-- The key of a tender, wrapped by a key-encryption key that the database does not hold. The public half of
-- its receipts can be read by anybody.
CREATE TABLE tender_keys (
    municipality_id TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    key_id TEXT NOT NULL,
    wrapped_key BLOB NOT NULL,
    receipt_key BLOB NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;

-- Rows are added only. Of the rows with one bidder_index the one received last counts; a withdrawal is a row
-- too. bidder_index is a keyed hash of lot and bidder: the same bidder has another on each lot.
CREATE TABLE sealed_bids (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    bidder_index BLOB NOT NULL,
    is_withdrawal INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    quality_part BLOB NOT NULL,
    price_part BLOB NOT NULL,
    hash TEXT NOT NULL,
    received_at TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tender_keys (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, tender_id, lot_id) REFERENCES lots (municipality_id, tender_id, id)
) STRICT;

CREATE INDEX sealed_bids_by_bidder ON sealed_bids (municipality_id, lot_id, bidder_index);
