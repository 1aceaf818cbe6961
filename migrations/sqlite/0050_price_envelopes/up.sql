-- Whether the prices are in an envelope of their own, which is opened after the quality was fixed.
ALTER TABLE tenders ADD COLUMN bid_envelopes TEXT NOT NULL DEFAULT 'one';
ALTER TABLE lots ADD COLUMN prices_opened_at TEXT;

-- While it is true, the prices of the bid stand in sealed_bids only, encrypted.
ALTER TABLE bids ADD COLUMN price_sealed INTEGER NOT NULL DEFAULT 0;

ALTER TABLE openings ADD COLUMN envelope TEXT NOT NULL DEFAULT 'whole';
