-- reach: over which contracts the policy of the claimant lets nobody else claim the same; none where it does not
-- mind. part_cents, whole_cents: of an invoice, what is accounted for of what. full_time_hundredths: what full time
-- is by the policy of the claimant. other_hours: whether the claimant says that its hours are others.
ALTER TABLE claims ADD COLUMN reach TEXT;
ALTER TABLE claims ADD COLUMN part_cents BIGINT;
ALTER TABLE claims ADD COLUMN whole_cents BIGINT;
ALTER TABLE claims ADD COLUMN full_time_hundredths BIGINT;
ALTER TABLE claims ADD COLUMN other_hours BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE claims SET reach = 'region' WHERE kind IN ('person', 'invoice', 'carry-over');
UPDATE claims SET reach = 'contractor' WHERE kind = 'candidate';

-- labels: as pso_levels. contractor_facts: what the contractor says of itself, one fact a line.
ALTER TABLE contracts ADD COLUMN labels TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN contractor_facts TEXT NOT NULL DEFAULT '';
