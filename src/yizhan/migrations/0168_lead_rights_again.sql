-- As 0166, which did not know what later parts give to leads: their roles are unchanged, too.

WITH plain AS (
    SELECT r.workspace_id, r.id, array_agg(g->>'permission') AS names
    FROM role r, jsonb_array_elements(r.grants) g
    WHERE r.system = 'lead'
    GROUP BY r.workspace_id, r.id
    HAVING bool_and(g->>'scope' = 'all' AND g->>'unit_id' IS NULL)
), unchanged AS (
    SELECT workspace_id, id, names FROM plain
    WHERE names @> ARRAY['ticket:read', 'ticket:reply', 'ticket:note', 'ticket:edit', 'ticket:assign',
            'ticket:create', 'contact:read', 'contact:edit', 'contact:merge', 'company:edit',
            'quarantine:read', 'quarantine:release', 'audit:read', 'event:read', 'search:use', 'file:upload']
        AND names <@ ARRAY['ticket:read', 'ticket:reply', 'ticket:note', 'ticket:edit', 'ticket:assign',
            'ticket:create', 'contact:read', 'contact:edit', 'contact:merge', 'company:edit',
            'quarantine:read', 'quarantine:release', 'audit:read', 'event:read', 'search:use', 'file:upload',
            -- what earlier and later defaults had besides
            'ticket:delete', 'report:read', 'view:share', 'macro:manage', 'bulk:run',
            'knowledge:read', 'knowledge:edit', 'knowledge:publish',
            'survey:manage', 'time:track', 'time:manage', 'checklist:manage', 'routing:manage']
), missing AS (
    SELECT u.workspace_id, u.id, jsonb_agg(jsonb_build_object('permission', n, 'scope', 'all')) AS grants
    FROM unchanged u, unnest(ARRAY['view:share', 'macro:manage', 'bulk:run']) n
    WHERE NOT n = ANY(u.names)
    GROUP BY u.workspace_id, u.id
)
UPDATE role r SET grants = r.grants || m.grants
FROM missing m WHERE r.workspace_id = m.workspace_id AND r.id = m.id;

SELECT yizhan_protect();
