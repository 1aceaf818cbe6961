DROP INDEX milestones_by_day;
DROP TABLE reminders;
