DROP TABLE tender_packages;
