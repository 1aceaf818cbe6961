DROP TABLE duty_separations;
