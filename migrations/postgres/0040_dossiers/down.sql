DROP TABLE dossier_entries;
ALTER TABLE assessments DROP COLUMN submitted_at;
ALTER TABLE lots DROP COLUMN quality_fixed_at;
