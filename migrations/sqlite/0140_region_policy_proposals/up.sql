-- What a coordinator proposes for the region; what another one agrees with becomes a policy with the same id.
CREATE TABLE region_policy_proposals (
    id BLOB PRIMARY KEY,
    region_id TEXT NOT NULL REFERENCES regions (id),
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL
) STRICT;
CREATE INDEX region_policy_proposals_of_region ON region_policy_proposals (region_id, id);
