ALTER TABLE audit_records DROP COLUMN after_hash;
ALTER TABLE audit_records DROP COLUMN before_hash;
