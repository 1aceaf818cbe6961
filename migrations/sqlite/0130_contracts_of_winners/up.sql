-- Which contract followed from which winning bid, on a lot that several can win; rows are never changed. The contract of
-- a lot with one winner names the lot itself.
CREATE TABLE contract_awards (
    municipality_id TEXT NOT NULL,
    lot_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    PRIMARY KEY (municipality_id, lot_id, bid_id),
    CONSTRAINT contract_awards_of_contract UNIQUE (municipality_id, contract_id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;
