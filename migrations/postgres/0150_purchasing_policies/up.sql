-- What an authority asks of award models, version after version.
CREATE TABLE purchasing_policies (
    municipality_id TEXT NOT NULL REFERENCES municipalities (id),
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, version)
);

-- Why a tender departs from one of its rules.
CREATE TABLE purchasing_policy_exceptions (
    municipality_id TEXT NOT NULL,
    id UUID NOT NULL,
    tender_id UUID NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, tender_id) REFERENCES tenders (municipality_id, id) ON DELETE CASCADE
);

CREATE INDEX purchasing_policy_exceptions_by_tender
    ON purchasing_policy_exceptions (municipality_id, tender_id, id);
