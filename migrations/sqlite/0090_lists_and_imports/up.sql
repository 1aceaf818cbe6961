-- What lists are put in order by and narrowed down with; the id tells apart what is equal.
CREATE INDEX contracts_by_state ON contracts (municipality_id, state, id);
CREATE INDEX contracts_by_contractor ON contracts (municipality_id, contractor_kvk, id);
CREATE INDEX contracts_by_coordinator ON contracts (municipality_id, coordinator, id);
CREATE INDEX contracts_by_end ON contracts (municipality_id, ends_on, id);
CREATE INDEX contracts_by_title ON contracts (municipality_id, title, id);
CREATE INDEX contracts_by_sum ON contracts (municipality_id, contract_sum_cents, id);
CREATE INDEX entries_by_state ON entries (municipality_id, state, id);
CREATE INDEX entries_by_change ON entries (municipality_id, updated_at, id);
CREATE INDEX entries_by_value ON entries (municipality_id, value_cents, id);

-- An import of a table, and whether it was rolled back; the trail tells who did so.
CREATE TABLE table_imports (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    created_at TEXT NOT NULL,
    rolled_back_at TEXT,
    PRIMARY KEY (municipality_id, id)
) STRICT;

-- What an import brought: the id of a contract or an entry.
CREATE TABLE table_import_items (
    municipality_id TEXT NOT NULL,
    import_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    PRIMARY KEY (municipality_id, import_id, item_id),
    FOREIGN KEY (municipality_id, import_id) REFERENCES table_imports (municipality_id, id)
) STRICT;
