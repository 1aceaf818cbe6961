DROP TABLE sealed_bids;
DROP TABLE tender_keys;
