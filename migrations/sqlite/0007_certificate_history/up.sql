-- A certificate is known by number and first day; each row is one revision of it, and none is ever lost.
-- It covers KvK numbers whether or not these organisations are registered here.
CREATE TABLE former_holders AS SELECT certificate_id, kvk FROM pso_certificate_holders;
CREATE TABLE former_certificates AS SELECT * FROM pso_certificates;
DROP TABLE pso_certificate_holders;
DROP TABLE pso_certificates;

CREATE TABLE pso_certificates (
    id BLOB PRIMARY KEY,
    number TEXT NOT NULL,
    ladder TEXT NOT NULL,
    level TEXT NOT NULL,
    certifying_body TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    ended_on TEXT,
    source TEXT NOT NULL,
    evidence TEXT,
    verified_by TEXT,
    verified_at TEXT,
    revision INTEGER NOT NULL,
    reason TEXT,
    created_at TEXT NOT NULL,
    superseded_at TEXT,
    CONSTRAINT pso_certificates_number UNIQUE (number, valid_from, revision),
    CONSTRAINT pso_certificates_term CHECK (valid_from <= valid_until),
    CONSTRAINT pso_certificates_verified CHECK ((verified_by IS NULL) = (verified_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX pso_certificates_latest ON pso_certificates (number, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE pso_certificate_holders (
    certificate_id BLOB NOT NULL REFERENCES pso_certificates (id),
    kvk TEXT NOT NULL,
    PRIMARY KEY (certificate_id, kvk)
) STRICT;

CREATE INDEX pso_certificate_holders_by_organisation ON pso_certificate_holders (kvk, certificate_id);

INSERT INTO pso_certificates
    (id, number, ladder, level, certifying_body, valid_from, valid_until, source, revision, created_at)
SELECT id, number, ladder, level, certifying_body, valid_from, valid_until,
    CASE WHEN source IN ('register', 'upload') THEN source ELSE 'evidence' END, 1, created_at
FROM former_certificates;
INSERT INTO pso_certificate_holders (certificate_id, kvk) SELECT certificate_id, kvk FROM former_holders;
UPDATE pso_certificates SET verified_by = source, verified_at = created_at WHERE source <> 'evidence';

DROP TABLE former_holders;
DROP TABLE former_certificates;
