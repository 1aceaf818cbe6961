-- The claim index of a region. scope: the region, or the municipality where it takes part in none.
-- claimant: an entry, or the contract that has a PSO reduction.
CREATE TABLE claims (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    claimant UUID NOT NULL,
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    contractor_kvk TEXT NOT NULL,
    counts_from DATE NOT NULL,
    counts_until DATE NOT NULL,
    weekly_hundredths BIGINT,
    PRIMARY KEY (scope, kind, subject, claimant, counts_from)
);

CREATE INDEX claims_by_claimant ON claims (municipality_id, claimant);
