CREATE TABLE municipalities (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    oin TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE organisations (
    kvk TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE pso_certificates (
    id BLOB PRIMARY KEY,
    number TEXT NOT NULL,
    ladder TEXT NOT NULL,
    level TEXT NOT NULL,
    certifying_body TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    source TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pso_certificates_number UNIQUE (number, valid_from),
    CONSTRAINT pso_certificates_term CHECK (valid_from <= valid_until)
) STRICT;

-- One certificate covers a head applicant and the entities under it.
CREATE TABLE pso_certificate_holders (
    certificate_id BLOB NOT NULL REFERENCES pso_certificates (id),
    kvk TEXT NOT NULL REFERENCES organisations (kvk),
    PRIMARY KEY (certificate_id, kvk)
) STRICT;

CREATE INDEX pso_certificate_holders_by_organisation ON pso_certificate_holders (kvk, certificate_id);
