-- Timers of one job in one workspace become one row of the queue where the job takes several at once: of
-- a burst most of the time went into taking rows. Beside the old function, which the release before calls.
CREATE FUNCTION yizhan_fire_timers(batch int, together text[], most int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH due AS (
        DELETE FROM timer t USING (
            SELECT workspace_id, kind, key FROM timer WHERE due_at <= now()
            ORDER BY due_at LIMIT batch FOR UPDATE SKIP LOCKED
        ) d WHERE (t.workspace_id, t.kind, t.key) = (d.workspace_id, d.kind, d.key)
        RETURNING t.workspace_id, t.key, t.due_at, t.job, t.payload
    ), placed AS (
        SELECT workspace_id, job, payload, due_at, CASE WHEN job = ANY (together)
            THEN (row_number() OVER (PARTITION BY workspace_id, job ORDER BY due_at, key) - 1) / most
            ELSE row_number() OVER (PARTITION BY workspace_id, job ORDER BY due_at, key) END AS part
        FROM due
    ), bundles AS (
        SELECT job, min(due_at) AS due_at, jsonb_build_object('workspace_id', workspace_id)
            || CASE WHEN count(*) = 1 THEN (array_agg(payload))[1]
                    ELSE jsonb_build_object('many', jsonb_agg(payload ORDER BY due_at)) END AS payload
        FROM placed GROUP BY workspace_id, job, part
    ), queued AS (
        INSERT INTO pgqueuer (priority, status, entrypoint, payload)
        SELECT 0, 'queued', job, convert_to(payload::text, 'UTF8') FROM bundles ORDER BY due_at
    ) SELECT count(*)::int FROM due
$$;
