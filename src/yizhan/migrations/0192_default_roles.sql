-- Roles that came with a workspace and that nobody has changed since may do what those of a new workspace may.
-- What later parts brought was given to some by the migrations of those parts, to others not. A role is
-- unchanged if nothing in the log says that its rights were changed, it has all that the first version gave
-- it, nothing that no version gave it, and everything as widely as it was given.

WITH given (system, permission, scope, first) AS (
    SELECT 'lead', p, 'all', p = ANY(ARRAY['ticket:read', 'ticket:reply', 'ticket:note', 'ticket:edit',
        'ticket:assign', 'ticket:create', 'contact:read', 'contact:edit', 'contact:merge', 'company:edit',
        'quarantine:read', 'quarantine:release', 'audit:read', 'event:read', 'search:use', 'file:upload'])
    FROM unnest(ARRAY['ticket:read', 'ticket:reply', 'ticket:note', 'ticket:edit', 'ticket:assign',
        'ticket:create', 'contact:read', 'contact:edit', 'contact:merge', 'company:edit', 'quarantine:read',
        'quarantine:release', 'audit:read', 'event:read', 'search:use', 'file:upload', 'macro:manage',
        'bulk:run', 'report:read', 'view:share', 'routing:manage', 'knowledge:read', 'knowledge:edit',
        'knowledge:publish', 'survey:manage', 'time:track', 'time:manage', 'checklist:manage']) p
    UNION ALL
    SELECT 'agent', p, CASE WHEN p IN ('ticket:read', 'ticket:reply', 'ticket:note', 'ticket:edit', 'ticket:assign')
        THEN 'team' ELSE 'all' END, p NOT IN ('knowledge:read', 'knowledge:edit', 'time:track')
    FROM unnest(ARRAY['ticket:read', 'ticket:reply', 'ticket:note', 'ticket:edit', 'ticket:assign',
        'ticket:create', 'contact:read', 'contact:edit', 'company:edit', 'search:use', 'file:upload',
        'knowledge:read', 'knowledge:edit', 'time:track']) p
    UNION ALL
    SELECT 'viewer', p, 'all', p <> 'knowledge:read'
    FROM unnest(ARRAY['ticket:read', 'contact:read', 'search:use', 'knowledge:read']) p
), untouched AS (
    SELECT r.workspace_id, r.id, r.system, r.grants FROM role r
    WHERE r.system IN ('lead', 'agent', 'viewer')
      AND NOT EXISTS (SELECT 1 FROM event e WHERE e.workspace_id = r.workspace_id AND e.type = 'role.changed'
          AND e.data->>'role_id' = r.id::text AND e.data->'changes' ? 'grants')
), plain AS (
    SELECT u.* FROM untouched u
    WHERE NOT EXISTS (SELECT 1 FROM given d WHERE d.system = u.system AND d.first
            AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(u.grants) g
                WHERE g->>'permission' = d.permission AND g->>'scope' = d.scope))
      AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(u.grants) g
            WHERE g->>'unit_id' IS NOT NULL
               -- what the first defaults had besides, and later ones not
               OR (g->>'permission' <> 'ticket:delete'
                   AND NOT (u.system = 'viewer' AND g->>'permission' = 'report:read') AND NOT EXISTS (SELECT 1 FROM given d
                    WHERE d.system = u.system AND d.permission = g->>'permission' AND d.scope = g->>'scope')))
), missing AS (
    SELECT p.workspace_id, p.id,
        jsonb_agg(jsonb_build_object('permission', d.permission, 'scope', d.scope) ORDER BY d.permission) AS grants
    FROM plain p JOIN given d ON d.system = p.system
    WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(p.grants) g WHERE g->>'permission' = d.permission)
    GROUP BY p.workspace_id, p.id
)
UPDATE role r SET grants = r.grants || m.grants
FROM missing m WHERE r.workspace_id = m.workspace_id AND r.id = m.id;

SELECT yizhan_protect();
