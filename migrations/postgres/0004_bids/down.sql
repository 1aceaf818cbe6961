DROP TABLE award_decisions;
DROP TABLE evaluations;
DROP TABLE assessments;
DROP TABLE bids;
