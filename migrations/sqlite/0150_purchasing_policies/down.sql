DROP TABLE purchasing_policy_exceptions;
DROP TABLE purchasing_policies;
