-- Reports at size: what was counted on each day of the workspace's own time zone, by each dimension by
-- itself. A year is a few thousand rows then, however many tickets there were. Kept by triggers on the
-- facts, so that these sums are the facts', whoever writes them. Nothing here is the truth of anything.

CREATE TABLE report_day (
    workspace_id bigint NOT NULL,
    dimension    text NOT NULL,             -- all | channel | brand | team | agent | priority | tag
    kind         text NOT NULL,             -- of facts; of spans: began, ended
    key          text NOT NULL,             -- '' is none
    day          date NOT NULL,
    n            bigint NOT NULL,
    total        bigint NOT NULL,           -- of the facts' values
    PRIMARY KEY (workspace_id, dimension, kind, key, day)
) WITH (fillfactor = 80);

-- Where the days of spans are made anew, these are found by when they began.
CREATE INDEX report_span_began ON report_span (workspace_id, began_at);

-- By which time zone the days of a workspace are, and from which day on they have been counted: a job goes
-- from today to the oldest. 'infinity': none yet. '-infinity': all.
CREATE TABLE report_counted (
    workspace_id bigint PRIMARY KEY,
    zone         text NOT NULL,
    from_day     date NOT NULL
);

CREATE FUNCTION yizhan_report_keys(channel text, brand bigint, team bigint, agent bigint, priority text, tags text[])
RETURNS TABLE (dimension text, key text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    VALUES ('all', ''), ('channel', channel), ('brand', coalesce(brand::text, '')),
           ('team', coalesce(team::text, '')), ('agent', coalesce(agent::text, '')), ('priority', priority)
    UNION ALL SELECT 'tag', tag FROM unnest(tags) AS tag
    UNION ALL SELECT 'tag', '' WHERE cardinality(tags) = 0
$$;

-- What a statement changed, added up before it is written: a batch of the log touches a few dozen rows.
CREATE FUNCTION yizhan_keep_report_days() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
    shape text := CASE TG_TABLE_NAME
        WHEN 'report_fact' THEN
            'SELECT %s AS sign, workspace_id, kind, at, coalesce(value, 0) AS value, channel, brand_id, team_id,'
            ' agent_id, priority, tags FROM %I'
        ELSE
            'SELECT %s AS sign, workspace_id, e.kind, e.at, 0::bigint AS value, channel, brand_id, team_id,'
            ' agent_id, priority, tags FROM %I,'
            ' LATERAL (VALUES (''began'', began_at), (''ended'', ended_at)) AS e (kind, at)'
            ' WHERE e.at < ''infinity'''
        END;
    changed text := concat_ws(' UNION ALL ',
        CASE WHEN TG_OP <> 'DELETE' THEN format(shape, 1, 'new_rows') END,
        CASE WHEN TG_OP <> 'INSERT' THEN format(shape, -1, 'old_rows') END);
BEGIN
    EXECUTE format($sql$
        INSERT INTO report_day AS d (workspace_id, dimension, kind, key, day, n, total)
        SELECT f.workspace_id, k.dimension, f.kind, k.key, x.day, sum(f.sign), sum(f.sign * f.value)
        FROM (%s) AS f
        JOIN report_counted AS c ON c.workspace_id = f.workspace_id
        CROSS JOIN LATERAL (SELECT (f.at AT TIME ZONE c.zone)::date AS day) AS x
        CROSS JOIN LATERAL yizhan_report_keys(
            f.channel, f.brand_id, f.team_id, f.agent_id, f.priority, f.tags) AS k
        WHERE x.day >= c.from_day
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(f.sign) <> 0 OR sum(f.sign * f.value) <> 0
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (workspace_id, dimension, kind, key, day)
        DO UPDATE SET n = d.n + excluded.n, total = d.total + excluded.total
    $sql$, changed);
    RETURN NULL;
END $$;

CREATE TRIGGER report_fact_new AFTER INSERT ON report_fact REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_days();
CREATE TRIGGER report_fact_changed AFTER UPDATE ON report_fact REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_days();
CREATE TRIGGER report_fact_gone AFTER DELETE ON report_fact REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_days();
CREATE TRIGGER report_span_new AFTER INSERT ON report_span REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_days();
CREATE TRIGGER report_span_changed AFTER UPDATE ON report_span REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_days();
CREATE TRIGGER report_span_gone AFTER DELETE ON report_span REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_days();

-- Workspaces that are there already are counted by the worker; until then reports read the facts.
INSERT INTO pgqueuer (priority, status, entrypoint, payload, dedupe_key, execute_after)
SELECT -2, 'queued', 'analytics.count_days', convert_to(json_build_object('workspace_id', workspace_id)::text, 'UTF8'),
       'analytics.count_days:' || workspace_id, now()
FROM workspace ON CONFLICT DO NOTHING;

SELECT yizhan_protect();
