-- A reminder is sent once, by whichever instance comes first.
CREATE TABLE reminders (
    municipality_id TEXT NOT NULL,
    milestone_id BLOB NOT NULL,
    due_on TEXT NOT NULL,
    days_before INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    PRIMARY KEY (municipality_id, milestone_id, due_on, days_before)
) STRICT;

CREATE INDEX milestones_by_day ON milestones (municipality_id, due_on);
