-- Rights with the units of an agent's own teams, tokens made by tokens, addresses for the audit log.

ALTER TABLE api_token ADD COLUMN parent_id bigint;   -- the token that made this one: they end together
CREATE INDEX api_token_agent ON api_token (workspace_id, agent_id) WHERE revoked_at IS NULL;
CREATE INDEX team_unit ON team (workspace_id, unit_id) WHERE active;

-- From where an agent or a token acted. Only the audit log reads it; readers of events do not see it.
ALTER TABLE event ADD COLUMN ip text;

CREATE OR REPLACE FUNCTION yizhan_logins(wanted text) RETURNS TABLE
    (workspace_id bigint, slug text, workspace_name text, agent_id bigint, password_hash text, totp_enabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT a.workspace_id, w.slug, w.name, a.id, a.password_hash, a.totp_enabled
    FROM agent a JOIN workspace w USING (workspace_id)
    WHERE lower(a.email) = lower(wanted) AND a.active ORDER BY a.workspace_id LIMIT 50
$$;

-- `home` are the units of the agent's teams: a grant for "my unit" means these. `units` maps each
-- unit that a grant can mean to itself and everything below it.
CREATE OR REPLACE FUNCTION yizhan_agent_rights(ws bigint, who bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH grants AS (
        SELECT g FROM agent_role ar
        JOIN role r ON r.workspace_id = ar.workspace_id AND r.id = ar.role_id, jsonb_array_elements(r.grants) g
        WHERE ar.workspace_id = ws AND ar.agent_id = who
    ), teams AS (
        SELECT t.id, t.unit_id FROM team_member m
        JOIN team t ON t.workspace_id = m.workspace_id AND t.id = m.team_id AND t.active
        WHERE m.workspace_id = ws AND m.agent_id = who
    ), meant AS (
        SELECT unit_id AS id FROM teams WHERE unit_id IS NOT NULL
        UNION SELECT (g->>'unit_id')::bigint FROM grants WHERE g->>'unit_id' IS NOT NULL
    )
    SELECT jsonb_build_object(
        'id', a.id, 'name', a.name, 'locale', a.locale,
        'grants', coalesce((SELECT jsonb_agg(g) FROM grants), '[]'),
        'teams', coalesce((SELECT jsonb_agg(id) FROM teams), '[]'),
        'home', coalesce((SELECT jsonb_agg(DISTINCT unit_id) FROM teams WHERE unit_id IS NOT NULL), '[]'),
        'units', coalesce((SELECT jsonb_object_agg(m.id, (SELECT coalesce(jsonb_agg(s.id), '[]') FROM unit s
            WHERE s.workspace_id = ws AND s.path @> ARRAY[m.id])) FROM meant m), '{}'))
    FROM agent a WHERE a.workspace_id = ws AND a.id = who AND a.active
$$;

SELECT yizhan_protect();
