DROP TABLE person_removals;
DROP INDEX audit_records_by_actor;
ALTER TABLE audit_records DROP COLUMN person_hash;
ALTER TABLE audit_records DROP COLUMN person_salt;
