DROP TABLE letter_templates;
DROP TABLE award_letters;
ALTER TABLE award_decisions DROP COLUMN contact;
ALTER TABLE award_decisions DROP COLUMN court;
ALTER TABLE award_decisions DROP COLUMN standstill_until;
ALTER TABLE award_decisions DROP COLUMN standstill_days;
