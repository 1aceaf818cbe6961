-- The claim index of a region. scope: the region, or the municipality where it takes part in none.
-- claimant: an entry, or the contract that has a PSO reduction.
CREATE TABLE claims (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    claimant BLOB NOT NULL,
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    contractor_kvk TEXT NOT NULL,
    counts_from TEXT NOT NULL,
    counts_until TEXT NOT NULL,
    weekly_hundredths INTEGER,
    PRIMARY KEY (scope, kind, subject, claimant, counts_from)
) STRICT;

CREATE INDEX claims_by_claimant ON claims (municipality_id, claimant);
