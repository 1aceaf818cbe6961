CREATE TABLE plans (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    approach TEXT NOT NULL,
    milestones TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_at TIMESTAMPTZ NOT NULL,
    submitted_by TEXT NOT NULL,
    decided_at TIMESTAMPTZ,
    decided_by TEXT,
    reason TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

CREATE INDEX plans_by_contract ON plans (municipality_id, contract_id, id);

CREATE TABLE milestones (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    due_on DATE NOT NULL,
    planned_cents BIGINT,
    done_on DATE,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

CREATE INDEX milestones_by_contract ON milestones (municipality_id, contract_id, due_on);

-- Rows are only ever added.
CREATE TABLE settlements (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    contract_id UUID NOT NULL,
    step TEXT NOT NULL,
    owed_cents BIGINT NOT NULL,
    realised_cents BIGINT NOT NULL,
    shortfall_cents BIGINT NOT NULL,
    sanction_cents BIGINT NOT NULL,
    carried_over_cents BIGINT NOT NULL,
    cure_until DATE,
    reason TEXT NOT NULL,
    calculation TEXT NOT NULL,
    statement TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
);

CREATE INDEX settlements_by_contract ON settlements (municipality_id, contract_id, id);
