-- What each act left of each row that it changed: salted hashes of the row before and after, in the canonical form
-- of its table. The record of the act holds a hash over all of them, and the number of the forms.
-- row_id: the start of a hash over form and key, so that neighbours in time are none here.
CREATE TABLE audit_states (
    number INTEGER PRIMARY KEY,
    act BLOB NOT NULL,
    form TEXT NOT NULL,
    row_key TEXT NOT NULL,
    row_id BLOB NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    salt TEXT
) STRICT;

CREATE INDEX audit_states_by_act ON audit_states (act);
CREATE INDEX audit_states_by_row ON audit_states (row_id, number);

ALTER TABLE audit_records ADD COLUMN state_forms INTEGER;
ALTER TABLE audit_records DROP COLUMN state_salt;
