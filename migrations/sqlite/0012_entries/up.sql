CREATE TABLE entries (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    contract_id BLOB NOT NULL,
    external_reference TEXT,
    kind TEXT NOT NULL,
    contractor_kvk TEXT NOT NULL,
    description TEXT NOT NULL,
    candidate TEXT,
    person_key TEXT,
    other_hours TEXT,
    supplier_kvk TEXT,
    invoice_number TEXT,
    block TEXT NOT NULL,
    period_from TEXT,
    period_until TEXT,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    value_cents INTEGER NOT NULL,
    calculation TEXT NOT NULL,
    created_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    CONSTRAINT entries_of_contract UNIQUE (municipality_id, contract_id, id),
    CONSTRAINT entries_external_reference UNIQUE (municipality_id, contract_id, external_reference),
    FOREIGN KEY (municipality_id, contract_id) REFERENCES contracts (municipality_id, id)
) STRICT;

-- Rows are only ever added. A step is known by the version that it gave the entry.
CREATE TABLE ledger (
    municipality_id TEXT NOT NULL,
    entry_id BLOB NOT NULL,
    entry_version INTEGER NOT NULL,
    contract_id BLOB NOT NULL,
    block TEXT NOT NULL,
    step TEXT NOT NULL,
    submitted_cents INTEGER NOT NULL,
    approved_cents INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (municipality_id, entry_id, entry_version),
    FOREIGN KEY (municipality_id, contract_id, entry_id) REFERENCES entries (municipality_id, contract_id, id)
) STRICT;

-- Holds all that a total needs, so that totals read no row of another contract.
CREATE INDEX ledger_totals ON ledger (municipality_id, contract_id, block, submitted_cents, approved_cents);
