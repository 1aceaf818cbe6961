DELETE FROM pso_certificate_holders
WHERE kvk NOT IN (SELECT kvk FROM organisations)
    OR certificate_id IN (SELECT id FROM pso_certificates WHERE superseded_at IS NOT NULL);
DELETE FROM pso_certificates WHERE superseded_at IS NOT NULL;
DROP INDEX pso_certificates_latest;
ALTER TABLE pso_certificate_holders
    ADD CONSTRAINT pso_certificate_holders_kvk_fkey FOREIGN KEY (kvk) REFERENCES organisations (kvk);
ALTER TABLE pso_certificates
    DROP CONSTRAINT pso_certificates_number,
    ADD CONSTRAINT pso_certificates_number UNIQUE (number, valid_from),
    DROP CONSTRAINT pso_certificates_verified,
    DROP COLUMN ended_on,
    DROP COLUMN evidence,
    DROP COLUMN verified_by,
    DROP COLUMN verified_at,
    DROP COLUMN revision,
    DROP COLUMN reason,
    DROP COLUMN superseded_at;
