ALTER TABLE contracts DROP COLUMN contractor_facts;
ALTER TABLE contracts DROP COLUMN labels;
ALTER TABLE claims DROP COLUMN other_hours;
ALTER TABLE claims DROP COLUMN full_time_hundredths;
ALTER TABLE claims DROP COLUMN whole_cents;
ALTER TABLE claims DROP COLUMN part_cents;
ALTER TABLE claims DROP COLUMN reach;
