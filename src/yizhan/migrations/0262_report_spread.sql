-- Medians at size: how many values of a day lie where, in sixteen steps to each doubling. They lead to the
-- step in which the wanted value is; that value itself is then read from the facts, so it stays exact.

CREATE TABLE report_spread (
    workspace_id bigint NOT NULL,
    kind         text NOT NULL,             -- first_response | resolution
    day          date NOT NULL,             -- as in report_day
    low          bigint NOT NULL,           -- the first value of the step
    n            bigint NOT NULL,
    PRIMARY KEY (workspace_id, kind, day, low)
) WITH (fillfactor = 80);

CREATE INDEX report_fact_ranked ON report_fact (workspace_id, kind, value, at)
    WHERE kind IN ('first_response', 'resolution');

-- A number without its last bits: the five first ones stay.
CREATE FUNCTION yizhan_report_low(value bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (value >> s.bits) << s.bits FROM (SELECT greatest(0, width_bucket(value, ARRAY[1, 2, 4, 8, 16, 32, 64,
        128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288, 1048576, 2097152,
        4194304, 8388608, 16777216, 33554432, 67108864, 134217728, 268435456, 536870912, 1073741824, 2147483648,
        4294967296]::bigint[]) - 5) AS bits) AS s
$$;

CREATE FUNCTION yizhan_keep_report_spread() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
    changed text := concat_ws(' UNION ALL ',
        CASE WHEN TG_OP <> 'DELETE' THEN 'SELECT 1 AS sign, * FROM new_rows' END,
        CASE WHEN TG_OP <> 'INSERT' THEN 'SELECT -1 AS sign, * FROM old_rows' END);
BEGIN
    EXECUTE format($sql$
        INSERT INTO report_spread AS d (workspace_id, kind, day, low, n)
        SELECT f.workspace_id, f.kind, x.day, x.low, sum(f.sign)
        FROM (%s) AS f
        JOIN report_counted AS c ON c.workspace_id = f.workspace_id
        CROSS JOIN LATERAL (
            SELECT (f.at AT TIME ZONE c.zone)::date AS day, yizhan_report_low(f.value) AS low) AS x
        WHERE f.kind IN ('first_response', 'resolution') AND f.value IS NOT NULL AND x.day >= c.from_day
        GROUP BY 1, 2, 3, 4 HAVING sum(f.sign) <> 0
        ORDER BY 1, 2, 3, 4
        ON CONFLICT (workspace_id, kind, day, low) DO UPDATE SET n = d.n + excluded.n
    $sql$, changed);
    RETURN NULL;
END $$;

CREATE TRIGGER report_fact_spread_new AFTER INSERT ON report_fact REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_spread();
CREATE TRIGGER report_fact_spread_changed AFTER UPDATE ON report_fact
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_spread();
CREATE TRIGGER report_fact_spread_gone AFTER DELETE ON report_fact REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION yizhan_keep_report_spread();

-- Days that were counted before are counted again, with these.
UPDATE report_counted SET from_day = 'infinity';
INSERT INTO pgqueuer (priority, status, entrypoint, payload, dedupe_key, execute_after)
SELECT -2, 'queued', 'analytics.count_days', convert_to(json_build_object('workspace_id', workspace_id)::text, 'UTF8'),
       'analytics.count_days:' || workspace_id, now()
FROM workspace ON CONFLICT DO NOTHING;

SELECT yizhan_protect();
