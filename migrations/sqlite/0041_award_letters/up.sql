-- The standstill that was promised: its last day, where there is one, and whom to turn to.
ALTER TABLE award_decisions ADD COLUMN standstill_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE award_decisions ADD COLUMN standstill_until TEXT;
ALTER TABLE award_decisions ADD COLUMN court TEXT;
ALTER TABLE award_decisions ADD COLUMN contact TEXT;

-- What bidders are told of a proposed award, in the words in which they were told. Never changed.
CREATE TABLE award_letters (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    decision_id BLOB NOT NULL,
    bid_id BLOB NOT NULL,
    bidder_kvk TEXT NOT NULL,
    kind TEXT NOT NULL,
    dutch TEXT NOT NULL,
    english TEXT NOT NULL,
    dutch_template INTEGER NOT NULL,
    english_template INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, decision_id) REFERENCES award_decisions (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id, bid_id) REFERENCES bids (municipality_id, lot_id, id)
) STRICT;

CREATE INDEX award_letters_by_lot ON award_letters (municipality_id, lot_id, id);

-- Versions of the templates of letters. What comes with the service is version 1, and not stored.
CREATE TABLE letter_templates (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    template TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, language, version)
) STRICT;
