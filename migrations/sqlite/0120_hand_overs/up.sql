-- That the platform which kept the bids of a tender has handed all of them over, and how many: said once.
CREATE TABLE hand_overs (
    municipality_id TEXT NOT NULL,
    tender_id BLOB NOT NULL,
    number_of_bids INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, tender_id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id)
) STRICT;
