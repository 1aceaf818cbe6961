-- A reminder is sent once, by whichever instance comes first.
CREATE TABLE reminders (
    municipality_id TEXT NOT NULL,
    milestone_id UUID NOT NULL,
    due_on DATE NOT NULL,
    days_before INTEGER NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (municipality_id, milestone_id, due_on, days_before)
);

CREATE INDEX milestones_by_day ON milestones (municipality_id, due_on);
