-- Whether the request is over, also where its answer could not be kept.
ALTER TABLE idempotency_keys ADD COLUMN ended BOOLEAN NOT NULL DEFAULT FALSE;
