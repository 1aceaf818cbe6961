CREATE TABLE bids (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    bidder_kvk TEXT NOT NULL,
    content TEXT NOT NULL,
    external_reference TEXT,
    receipt_hash TEXT NOT NULL,
    received_at TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT bids_of_lot UNIQUE (municipality_id, lot_id, id),
    CONSTRAINT bids_one_per_bidder_and_lot UNIQUE (municipality_id, lot_id, bidder_kvk),
    FOREIGN KEY (municipality_id, tender_id, lot_id) REFERENCES lots (municipality_id, tender_id, id)
) STRICT;

CREATE INDEX bids_by_tender_and_bidder ON bids (municipality_id, tender_id, bidder_kvk);

CREATE TABLE assessments (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    criterion TEXT NOT NULL,
    kind TEXT NOT NULL,
    assessor TEXT NOT NULL,
    score TEXT NOT NULL,
    motivation TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT assessments_one_per_assessor UNIQUE (municipality_id, bid_id, criterion, kind, assessor),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
) STRICT;

CREATE UNIQUE INDEX assessments_one_consensus
    ON assessments (municipality_id, bid_id, criterion) WHERE kind = 'consensus';

CREATE INDEX assessments_by_lot ON assessments (municipality_id, lot_id, id);

-- Never updated: a correction is the next sequence number of its lot.
CREATE TABLE evaluations (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    reason TEXT,
    input TEXT NOT NULL,
    result TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT evaluations_of_lot UNIQUE (municipality_id, lot_id, id),
    CONSTRAINT evaluations_sequence UNIQUE (municipality_id, lot_id, sequence),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
) STRICT;

CREATE TABLE award_decisions (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    evaluation_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    motivation TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    withdrawn_at TEXT,
    awarded_at TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, evaluation_id)
        REFERENCES evaluations (municipality_id, lot_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
) STRICT;

CREATE UNIQUE INDEX award_decisions_one_in_force
    ON award_decisions (municipality_id, lot_id) WHERE withdrawn_at IS NULL;
