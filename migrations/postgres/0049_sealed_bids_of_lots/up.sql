-- Each reference of a row is looked up when it is stored. A bid is sealed with the key of its tender, so that
-- there is one needs no proof; that the lot is there still does.
ALTER TABLE sealed_bids DROP CONSTRAINT sealed_bids_municipality_id_tender_id_fkey;
