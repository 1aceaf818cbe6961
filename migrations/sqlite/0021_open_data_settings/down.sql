DROP TABLE open_data_settings;
