-- With what calls of actions to the outside are signed, and an end for change sets.

CREATE TABLE call_secret (
    workspace_id    bigint NOT NULL,
    id              bigint NOT NULL,
    secret          bytea NOT NULL,         -- sealed
    previous_secret bytea,                  -- signs besides until then
    previous_until  timestamptz,
    made_at         timestamptz NOT NULL,
    PRIMARY KEY (workspace_id)
);

CREATE INDEX action_run_age ON action_run (workspace_id, at);
CREATE INDEX bulk_age ON bulk (workspace_id, finished_at) WHERE finished_at IS NOT NULL;

-- Change sets and bulk work are kept as long as a workspace wants (setting change_set_days), then at
-- most so many of each go at once. Returns how many went.
CREATE FUNCTION yizhan_drop_change_sets(usual_days int, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE gone int; more int;
BEGIN
    DELETE FROM action_run WHERE ctid = ANY(ARRAY(
        SELECT r.ctid FROM action_run r JOIN workspace w USING (workspace_id)
        WHERE r.at < now() - make_interval(days => coalesce((w.settings->>'change_set_days')::int, usual_days))
        LIMIT most));
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM bulk_item WHERE ctid = ANY(ARRAY(
        SELECT i.ctid FROM bulk b JOIN workspace w USING (workspace_id)
        JOIN bulk_item i ON i.workspace_id = b.workspace_id AND i.bulk_id = b.id
        WHERE b.finished_at < now() - make_interval(days => coalesce((w.settings->>'change_set_days')::int, usual_days))
        LIMIT most));
    GET DIAGNOSTICS more = ROW_COUNT;
    gone := gone + more;
    DELETE FROM bulk b USING workspace w
    WHERE w.workspace_id = b.workspace_id
        AND b.finished_at < now() - make_interval(days => coalesce((w.settings->>'change_set_days')::int, usual_days))
        AND NOT EXISTS (SELECT FROM bulk_item i WHERE i.workspace_id = b.workspace_id AND i.bulk_id = b.id);
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN gone + more;
END $$;

SELECT yizhan_protect();
