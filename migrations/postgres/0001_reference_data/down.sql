DROP TABLE pso_certificate_holders;
DROP TABLE pso_certificates;
DROP TABLE organisations;
DROP TABLE municipalities;
