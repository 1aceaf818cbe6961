DROP TABLE value_map_versions;
DROP TABLE value_maps;
