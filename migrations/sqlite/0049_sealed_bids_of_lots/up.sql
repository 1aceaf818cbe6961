-- Each reference of a row is looked up when it is stored. A bid is sealed with the key of its tender, so that
-- there is one needs no proof; that the lot is there still does.
CREATE TABLE sealed_bids_anew (
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
    FOREIGN KEY (municipality_id, tender_id, lot_id) REFERENCES lots (municipality_id, tender_id, id)
) STRICT;

INSERT INTO sealed_bids_anew SELECT * FROM sealed_bids;
DROP TABLE sealed_bids;
ALTER TABLE sealed_bids_anew RENAME TO sealed_bids;
CREATE INDEX sealed_bids_by_bidder ON sealed_bids (municipality_id, lot_id, bidder_index);
