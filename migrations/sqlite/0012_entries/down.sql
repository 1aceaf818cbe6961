DROP TABLE ledger;
DROP TABLE entries;
