-- When the scores for quality were fixed: none changes afterwards.
ALTER TABLE lots ADD COLUMN quality_fixed_at TEXT;

-- A score counts from its submission; until then only its author works on it.
ALTER TABLE assessments ADD COLUMN submitted_at TEXT;
UPDATE assessments SET submitted_at = created_at;

-- What happened around a lot, fact after fact. Added only, never changed.
CREATE TABLE dossier_entries (
    municipality_id TEXT NOT NULL,
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    fact TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, lot_id) REFERENCES lots (municipality_id, id)
) STRICT;

CREATE INDEX dossier_entries_by_lot ON dossier_entries (municipality_id, lot_id, id);
