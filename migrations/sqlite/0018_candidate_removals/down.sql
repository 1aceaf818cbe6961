DROP TABLE candidate_removals;
