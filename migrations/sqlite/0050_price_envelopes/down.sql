ALTER TABLE openings DROP COLUMN envelope;
ALTER TABLE bids DROP COLUMN price_sealed;
ALTER TABLE lots DROP COLUMN prices_opened_at;
ALTER TABLE tenders DROP COLUMN bid_envelopes;
