DROP TABLE region_policy_proposals;
