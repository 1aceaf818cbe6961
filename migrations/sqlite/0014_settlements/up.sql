CREATE TABLE plans (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    approach TEXT NOT NULL,
    milestones TEXT NOT NULL,
    state TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT,
    reason TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

CREATE INDEX plans_by_contract ON plans (municipality_id, contract_id, id);

CREATE TABLE milestones (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    due_on TEXT NOT NULL,
    planned_cents INTEGER,
    done_on TEXT,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

CREATE INDEX milestones_by_contract ON milestones (municipality_id, contract_id, due_on);

-- Rows are only ever added.
CREATE TABLE settlements (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    step TEXT NOT NULL,
    owed_cents INTEGER NOT NULL,
    realised_cents INTEGER NOT NULL,
    shortfall_cents INTEGER NOT NULL,
    sanction_cents INTEGER NOT NULL,
    carried_over_cents INTEGER NOT NULL,
    cure_until TEXT,
    reason TEXT NOT NULL,
    calculation TEXT NOT NULL,
    statement TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

CREATE INDEX settlements_by_contract ON settlements (municipality_id, contract_id, id);
