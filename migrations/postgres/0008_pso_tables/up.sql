-- Versions of ladders, norms and weights. scope: the municipality whose own they are, or 'nl'.
CREATE TABLE pso_tables (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    version TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (scope, kind, version)
);
