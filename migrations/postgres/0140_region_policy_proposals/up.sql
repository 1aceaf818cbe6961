-- What a coordinator proposes for the region; what another one agrees with becomes a policy with the same id.
CREATE TABLE region_policy_proposals (
    id UUID PRIMARY KEY,
    region_id TEXT NOT NULL REFERENCES regions (id),
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL
);
CREATE INDEX region_policy_proposals_of_region ON region_policy_proposals (region_id, id);
