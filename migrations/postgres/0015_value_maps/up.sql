CREATE TABLE value_maps (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id UUID NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, id)
);

CREATE TABLE value_map_versions (
    municipality_id TEXT NOT NULL,
    value_map_id UUID NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    reason TEXT,
    content TEXT NOT NULL,
    result TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (municipality_id, value_map_id, number),
    FOREIGN KEY (municipality_id, value_map_id) REFERENCES value_maps (municipality_id, id)
);
