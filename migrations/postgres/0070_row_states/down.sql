ALTER TABLE audit_records ADD COLUMN state_salt TEXT;
ALTER TABLE audit_records DROP COLUMN state_forms;
DROP SEQUENCE audit_state_numbers;
DROP TABLE audit_states;
