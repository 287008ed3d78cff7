-- Medians within groups are read along an index: the values of a few steps, with whose they are. It takes the
-- place of report_fact_ranked, with the same order.
-- concurrently
CREATE INDEX CONCURRENTLY report_fact_valued ON report_fact (workspace_id, kind, value, at)
    INCLUDE (channel, brand_id, team_id, agent_id, priority) WHERE kind IN ('first_response', 'resolution');
