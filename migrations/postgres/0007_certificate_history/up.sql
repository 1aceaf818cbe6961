-- A certificate is known by number and first day; each row is one revision of it, and none is ever lost.
-- It covers KvK numbers whether or not these organisations are registered here.
ALTER TABLE pso_certificates
    ADD COLUMN ended_on DATE,
    ADD COLUMN evidence TEXT,
    ADD COLUMN verified_by TEXT,
    ADD COLUMN verified_at TIMESTAMPTZ,
    ADD COLUMN revision INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN reason TEXT,
    ADD COLUMN superseded_at TIMESTAMPTZ,
    DROP CONSTRAINT pso_certificates_number,
    ADD CONSTRAINT pso_certificates_number UNIQUE (number, valid_from, revision),
    ADD CONSTRAINT pso_certificates_verified CHECK ((verified_by IS NULL) = (verified_at IS NULL));
ALTER TABLE pso_certificates ALTER COLUMN revision DROP DEFAULT;
ALTER TABLE pso_certificate_holders DROP CONSTRAINT pso_certificate_holders_kvk_fkey;

CREATE UNIQUE INDEX pso_certificates_latest ON pso_certificates (number, valid_from) WHERE superseded_at IS NULL;

UPDATE pso_certificates SET source = 'evidence' WHERE source NOT IN ('register', 'upload');
UPDATE pso_certificates SET verified_by = source, verified_at = created_at WHERE source <> 'evidence';
