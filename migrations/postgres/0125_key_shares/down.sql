DROP TABLE opened_keys;
DROP TABLE given_shares;
DROP TABLE key_shares;
DROP TABLE key_splits;
DROP TABLE opener_keys;
