-- The random salt of the hashes before and after an act. It goes when a name is removed, so that nobody can try
-- names against the hash of an object that held one.
ALTER TABLE audit_records ADD COLUMN state_salt TEXT;
