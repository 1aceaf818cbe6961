DROP TABLE contract_awards;
