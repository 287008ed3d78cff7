-- Which readers of the log have not reached its end, asked once for all of them: from the end of each
-- workspace's log, one look into its index. The function for one reader read the whole log of all workspaces;
-- it stays for the release before.
CREATE FUNCTION yizhan_readers_behind(names text[]) RETURNS TABLE (workspace_id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT w.workspace_id, n.name FROM workspace w
    CROSS JOIN LATERAL (SELECT e.xid, e.id FROM event e WHERE e.workspace_id = w.workspace_id
                        ORDER BY e.xid DESC, e.id DESC LIMIT 1) AS last
    CROSS JOIN unnest(names) AS n (name)
    LEFT JOIN consumer c ON c.workspace_id = w.workspace_id AND c.name = n.name
    WHERE c.name IS NULL OR (last.xid, last.id) > (c.xid, c.id)
$$;

SELECT yizhan_protect();
