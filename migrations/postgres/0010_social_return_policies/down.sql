DROP TABLE social_return_policies;
DROP TABLE region_members;
DROP TABLE regions;
