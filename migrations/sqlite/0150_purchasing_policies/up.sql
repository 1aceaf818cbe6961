-- What an authority asks of award models, version after version.
CREATE TABLE purchasing_policies (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, version)
) STRICT;

-- Why a tender departs from one of its rules.
CREATE TABLE purchasing_policy_exceptions (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    tender_id BLOB NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX purchasing_policy_exceptions_by_tender
    ON purchasing_policy_exceptions (municipality_id, tender_id, id);
