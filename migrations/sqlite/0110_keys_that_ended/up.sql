-- Whether the request is over, also where its answer could not be kept.
ALTER TABLE idempotency_keys ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
