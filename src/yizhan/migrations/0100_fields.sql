-- Custom fields, the rules between them, the forms that ask them. Values stay with their records.

CREATE TABLE field (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    object       text NOT NULL,             -- ticket | customer | company
    key          text NOT NULL,
    type         text NOT NULL,
    name         jsonb NOT NULL,
    help         jsonb NOT NULL DEFAULT '{}',
    initial      jsonb,
    required     boolean NOT NULL DEFAULT false,
    config       jsonb NOT NULL DEFAULT '{}',
    options      jsonb NOT NULL DEFAULT '[]',
    see_roles    bigint[] NOT NULL DEFAULT '{}',
    edit_roles   bigint[] NOT NULL DEFAULT '{}',
    customer     text NOT NULL DEFAULT 'none',  -- what customers may: none | see | edit
    indexed      boolean NOT NULL DEFAULT false,
    position     int NOT NULL DEFAULT 0,
    active       boolean NOT NULL DEFAULT true, -- never deleted: old values keep their meaning and their fence
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX field_key ON field (workspace_id, object, key);

CREATE TABLE field_rule (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    object       text NOT NULL,
    name         text NOT NULL,
    condition    jsonb NOT NULL,
    effects      jsonb NOT NULL,
    position     int NOT NULL DEFAULT 0,
    active       boolean NOT NULL DEFAULT true,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE form (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    object       text NOT NULL,
    name         text NOT NULL,
    uses         text[] NOT NULL,           -- new | panel | hosted
    types        text[] NOT NULL DEFAULT '{}',
    brand_ids    bigint[] NOT NULL DEFAULT '{}',
    channels     text[] NOT NULL DEFAULT '{}',
    role_ids     bigint[] NOT NULL DEFAULT '{}',
    sections     jsonb NOT NULL,
    position     int NOT NULL DEFAULT 0,
    active       boolean NOT NULL DEFAULT true,
    version      int NOT NULL DEFAULT 1,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE form_version (
    workspace_id bigint NOT NULL,
    form_id      bigint NOT NULL,
    version      int NOT NULL,
    content      jsonb NOT NULL,
    actor        jsonb NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, form_id, version)
);

-- Grows with every change of a definition, a rule or a form: processes know by it that what they
-- have made ready is still right.
CREATE TABLE field_catalog (
    workspace_id bigint PRIMARY KEY,
    revision     bigint NOT NULL
);

-- Values of the fields that records are looked up by. A plain table beside the records: over JSON,
-- row-level security would keep every index from being used.
CREATE TABLE field_value (
    workspace_id bigint NOT NULL,
    object       text NOT NULL,
    key          text NOT NULL,
    value        text NOT NULL,             -- folded and cut
    object_id    bigint NOT NULL,
    PRIMARY KEY (workspace_id, object, key, value, object_id)
);
CREATE INDEX field_value_of ON field_value (workspace_id, object, object_id);

-- Records by a value, whatever the planner thinks of row-level security; the tenant is the setting's.
CREATE FUNCTION yizhan_with_field(of_object text, of_key text, wanted text[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 10 AS $$
    SELECT object_id FROM field_value
    WHERE workspace_id = (SELECT yizhan_workspace()) AND object = of_object AND key = of_key AND value = ANY(wanted)
    LIMIT 100000
$$;

-- As before, and the roles: a field may be for some roles only.
CREATE OR REPLACE FUNCTION yizhan_agent_rights(ws bigint, who bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH mine AS (
        SELECT r.id, r.grants FROM agent_role ar
        JOIN role r ON r.workspace_id = ar.workspace_id AND r.id = ar.role_id
        WHERE ar.workspace_id = ws AND ar.agent_id = who
    ), grants AS (
        SELECT g FROM mine, jsonb_array_elements(mine.grants) g
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
        'roles', coalesce((SELECT jsonb_agg(id) FROM mine), '[]'),
        'grants', coalesce((SELECT jsonb_agg(g) FROM grants), '[]'),
        'teams', coalesce((SELECT jsonb_agg(id) FROM teams), '[]'),
        'home', coalesce((SELECT jsonb_agg(DISTINCT unit_id) FROM teams WHERE unit_id IS NOT NULL), '[]'),
        'units', coalesce((SELECT jsonb_object_agg(m.id, (SELECT coalesce(jsonb_agg(s.id), '[]') FROM unit s
            WHERE s.workspace_id = ws AND s.path @> ARRAY[m.id])) FROM meant m), '{}'))
    FROM agent a WHERE a.workspace_id = ws AND a.id = who AND a.active
$$;

SELECT yizhan_protect();
