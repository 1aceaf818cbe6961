DROP TABLE settlements;
DROP TABLE milestones;
DROP TABLE plans;
