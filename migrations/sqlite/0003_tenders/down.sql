DROP TABLE deadline_extensions;
DROP TABLE rectifications;
DROP TABLE lot_steps;
DROP TABLE lots;
DROP TABLE tenders;
