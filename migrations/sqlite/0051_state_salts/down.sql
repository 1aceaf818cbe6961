ALTER TABLE audit_records DROP COLUMN state_salt;
