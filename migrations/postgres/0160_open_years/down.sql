DROP TABLE open_year_settings;
