CREATE TABLE former_holders AS SELECT certificate_id, kvk FROM pso_certificate_holders;
CREATE TABLE former_certificates AS SELECT * FROM pso_certificates WHERE superseded_at IS NULL;
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
    source TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pso_certificates_number UNIQUE (number, valid_from),
    CONSTRAINT pso_certificates_term CHECK (valid_from <= valid_until)
) STRICT;

CREATE TABLE pso_certificate_holders (
    certificate_id BLOB NOT NULL REFERENCES pso_certificates (id),
    kvk TEXT NOT NULL REFERENCES organisations (kvk),
    PRIMARY KEY (certificate_id, kvk)
) STRICT;

CREATE INDEX pso_certificate_holders_by_organisation ON pso_certificate_holders (kvk, certificate_id);

INSERT INTO pso_certificates
SELECT id, number, ladder, level, certifying_body, valid_from, valid_until, source, created_at
FROM former_certificates;
INSERT INTO pso_certificate_holders (certificate_id, kvk)
SELECT certificate_id, kvk FROM former_holders
WHERE kvk IN (SELECT kvk FROM organisations) AND certificate_id IN (SELECT id FROM pso_certificates);

DROP TABLE former_holders;
DROP TABLE former_certificates;
