-- Numbers are counted from an index alone, without the rows: a year of one kind at a million tickets is
-- a million entries and no page of the table. Tags are not in it: a long list of them does not fit into
-- an index entry. It takes the place of report_fact_at, with the same order.

CREATE INDEX report_fact_count ON report_fact (workspace_id, kind, at DESC, event_id DESC)
    INCLUDE (value, channel, brand_id, team_id, unit_id, agent_id, assignee_id, priority);
DROP INDEX report_fact_at;
