DROP TABLE pso_tables;
