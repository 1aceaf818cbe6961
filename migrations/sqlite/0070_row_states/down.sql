ALTER TABLE audit_records ADD COLUMN state_salt TEXT;
ALTER TABLE audit_records DROP COLUMN state_forms;
DROP TABLE audit_states;
