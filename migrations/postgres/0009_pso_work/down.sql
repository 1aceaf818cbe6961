DROP TABLE level_watches;
DROP TABLE register_import_sightings;
DROP TABLE register_import_faults;
DROP TABLE register_import_parts;
DROP TABLE register_imports;
DROP TABLE jobs;
