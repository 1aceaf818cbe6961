CREATE TABLE regions (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- A municipality takes part in one region at the most.
CREATE TABLE region_members (
    municipality_id TEXT PRIMARY KEY REFERENCES municipalities (id),
    region_id TEXT NOT NULL REFERENCES regions (id)
) STRICT;

CREATE INDEX region_members_by_region ON region_members (region_id, municipality_id);

-- A municipality's own, or shared by a region; content never changes.
CREATE TABLE social_return_policies (
    id BLOB PRIMARY KEY,
    municipality_id TEXT REFERENCES municipalities (id),
    region_id TEXT REFERENCES regions (id),
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    content TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT social_return_policies_owner CHECK ((municipality_id IS NULL) <> (region_id IS NULL)),
    CONSTRAINT social_return_policies_of_municipality UNIQUE (municipality_id, code, version),
    CONSTRAINT social_return_policies_of_region UNIQUE (region_id, code, version)
) STRICT;
