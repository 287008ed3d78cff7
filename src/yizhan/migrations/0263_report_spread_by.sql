-- Medians by group and within a filter: how many values of a day lie where, by each dimension by itself, as
-- report_spread counts them of everything. And the triggers that keep sums say their statements plainly, so
-- that the server plans them once: before, each of nine planned its own for every batch of the log, which
-- took longer than the writing.

CREATE TABLE report_spread_by (
    workspace_id bigint NOT NULL,
    dimension    text NOT NULL,             -- channel | brand | team | agent | priority | tag
    kind         text NOT NULL,             -- first_response | resolution
    key          text NOT NULL,             -- '' is none
    day          date NOT NULL,
    low          bigint NOT NULL,
    n            bigint NOT NULL,
    PRIMARY KEY (workspace_id, dimension, kind, key, day, low)
) WITH (fillfactor = 80);

DROP TRIGGER report_fact_new ON report_fact;
DROP TRIGGER report_fact_changed ON report_fact;
DROP TRIGGER report_fact_gone ON report_fact;
DROP TRIGGER report_fact_spread_new ON report_fact;
DROP TRIGGER report_fact_spread_changed ON report_fact;
DROP TRIGGER report_fact_spread_gone ON report_fact;
DROP TRIGGER report_span_new ON report_span;
DROP TRIGGER report_span_changed ON report_span;
DROP TRIGGER report_span_gone ON report_span;

-- One function for each table and kind of change, all from one text.
DO $do$
DECLARE
    days text := $sql$
    INSERT INTO report_day AS d (workspace_id, dimension, kind, key, day, n, total)
    SELECT f.workspace_id, k.dimension, f.kind, k.key, x.day, sum(f.sign), sum(f.sign * f.amount)
    FROM (%1$s) AS f
    JOIN report_counted AS c ON c.workspace_id = f.workspace_id
    CROSS JOIN LATERAL (SELECT (f.at AT TIME ZONE c.zone)::date AS day) AS x
    CROSS JOIN LATERAL yizhan_report_keys(
        f.channel, f.brand_id, f.team_id, f.agent_id, f.priority, f.tags) AS k
    WHERE x.day >= c.from_day
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(f.sign) <> 0 OR sum(f.sign * f.amount) <> 0
    ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (workspace_id, dimension, kind, key, day)
    DO UPDATE SET n = d.n + excluded.n, total = d.total + excluded.total;
    $sql$;
    spreads text := $sql$
    IF EXISTS (SELECT FROM (%1$s) AS f WHERE f.kind IN ('first_response', 'resolution')) THEN
        INSERT INTO report_spread AS d (workspace_id, kind, day, low, n)
        SELECT f.workspace_id, f.kind, x.day, x.low, sum(f.sign)
        FROM (%1$s) AS f
        JOIN report_counted AS c ON c.workspace_id = f.workspace_id
        CROSS JOIN LATERAL (
            SELECT (f.at AT TIME ZONE c.zone)::date AS day, yizhan_report_low(f.value) AS low) AS x
        WHERE f.kind IN ('first_response', 'resolution') AND f.value IS NOT NULL AND x.day >= c.from_day
        GROUP BY 1, 2, 3, 4 HAVING sum(f.sign) <> 0
        ORDER BY 1, 2, 3, 4
        ON CONFLICT (workspace_id, kind, day, low) DO UPDATE SET n = d.n + excluded.n;

        INSERT INTO report_spread_by AS d (workspace_id, dimension, kind, key, day, low, n)
        SELECT f.workspace_id, k.dimension, f.kind, k.key, x.day, x.low, sum(f.sign)
        FROM (%1$s) AS f
        JOIN report_counted AS c ON c.workspace_id = f.workspace_id
        CROSS JOIN LATERAL (
            SELECT (f.at AT TIME ZONE c.zone)::date AS day, yizhan_report_low(f.value) AS low) AS x
        CROSS JOIN LATERAL yizhan_report_keys(
            f.channel, f.brand_id, f.team_id, f.agent_id, f.priority, f.tags) AS k
        WHERE f.kind IN ('first_response', 'resolution') AND f.value IS NOT NULL AND x.day >= c.from_day
          AND k.dimension <> 'all'
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(f.sign) <> 0
        ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (workspace_id, dimension, kind, key, day, low) DO UPDATE SET n = d.n + excluded.n;
    END IF;
    $sql$;
    facts text := 'SELECT %s AS sign, workspace_id, kind, at, value, coalesce(value, 0) AS amount, channel, brand_id,'
        ' team_id, agent_id, priority, tags FROM %s';
    spans text := 'SELECT %s AS sign, workspace_id, e.kind, e.at, 0::bigint AS amount, channel, brand_id, team_id,'
        ' agent_id, priority, tags FROM %s,'
        ' LATERAL (VALUES (''began'', began_at), (''ended'', ended_at)) AS e (kind, at) WHERE e.at < ''infinity''';
    one record;
    shape text;
    changed text;
    body text;
BEGIN
    FOR one IN SELECT t.name AS table_name, o.* FROM (VALUES ('report_fact'), ('report_span')) AS t (name),
        (VALUES ('new', 'INSERT', true, false), ('changed', 'UPDATE', true, true), ('gone', 'DELETE', false, true))
            AS o (word, op, has_new, has_old)
    LOOP
        shape := CASE one.table_name WHEN 'report_fact' THEN facts ELSE spans END;
        changed := concat_ws(' UNION ALL ',
            CASE WHEN one.has_new THEN format(shape, 1, 'new_rows') END,
            CASE WHEN one.has_old THEN format(shape, -1, 'old_rows') END);
        body := format(days, changed)
            || CASE WHEN one.table_name = 'report_fact' THEN format(spreads, changed) ELSE '' END;
        EXECUTE format('CREATE FUNCTION yizhan_%1$s_%2$s() RETURNS trigger LANGUAGE plpgsql SET search_path = public'
            ' AS $fn$ BEGIN IF EXISTS (SELECT FROM %3$s) THEN %4$s END IF; RETURN NULL; END $fn$',
            one.table_name, one.word, CASE WHEN one.has_new THEN 'new_rows' ELSE 'old_rows' END, body);
        EXECUTE format('CREATE TRIGGER %1$s_%2$s AFTER %3$s ON %1$s REFERENCING %4$s FOR EACH STATEMENT'
            ' EXECUTE FUNCTION yizhan_%1$s_%2$s()',
            one.table_name, one.word, one.op, concat_ws(' ',
                CASE WHEN one.has_new THEN 'NEW TABLE AS new_rows' END,
                CASE WHEN one.has_old THEN 'OLD TABLE AS old_rows' END));
    END LOOP;
END $do$;

DROP FUNCTION yizhan_keep_report_days();
DROP FUNCTION yizhan_keep_report_spread();
DROP INDEX report_fact_ranked;

-- Days that were counted before are counted again, with these.
UPDATE report_counted SET from_day = 'infinity';
INSERT INTO pgqueuer (priority, status, entrypoint, payload, dedupe_key, execute_after)
SELECT -2, 'queued', 'analytics.count_days', convert_to(json_build_object('workspace_id', workspace_id)::text, 'UTF8'),
       'analytics.count_days:' || workspace_id, now()
FROM workspace ON CONFLICT DO NOTHING;

SELECT yizhan_protect();
