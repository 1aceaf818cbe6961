-- Salted hashes of the object before and after the act; without them the record of a read.
ALTER TABLE audit_records ADD COLUMN before_hash TEXT;
ALTER TABLE audit_records ADD COLUMN after_hash TEXT;
