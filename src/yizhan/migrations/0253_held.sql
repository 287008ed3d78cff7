-- After a restore nothing goes out by itself until somebody says so. One row a workspace that was restored:
-- since when, and what was decided. It belongs to this place, so no backup holds it.
CREATE TABLE restored (
    workspace_id bigint PRIMARY KEY,
    at           timestamptz NOT NULL,      -- what is older waited when the backup was made
    state        text NOT NULL,             -- hold | send | discard
    decided_at   timestamptz,
    decided_by   jsonb
);

-- Jobs that would have gone out: pushes, calls, sign-in links.
CREATE TABLE held_job (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    payload      jsonb NOT NULL,
    queued_at    timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- What is held was not due: it keeps no promise and breaks none.
CREATE OR REPLACE FUNCTION yizhan_health_deliveries(first_id bigint, due_from timestamptz, due_until timestamptz, within double precision)
RETURNS TABLE (good bigint, total bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT count(*) FILTER (WHERE d.state IN ('sent', 'delivered', 'read')
                              AND d.done_at <= d.due + make_interval(secs => within)), count(*)
    FROM workspace w CROSS JOIN LATERAL (
        SELECT d.state, d.done_at, coalesce(m.undo_until, d.created_at) AS due
        FROM delivery d JOIN message m ON m.workspace_id = d.workspace_id AND m.id = d.message_id
        WHERE d.workspace_id = w.workspace_id AND d.message_id >= first_id AND d.state NOT IN ('cancelled', 'held')
    ) d WHERE d.due >= due_from AND d.due < due_until
$$;

SELECT yizhan_protect();
