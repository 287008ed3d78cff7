-- Who works here: brands, the tree of units, teams, agents, roles, sessions, tokens.

CREATE TABLE brand (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    color        text NOT NULL DEFAULT '#1f6feb',
    logo_file_id bigint,
    locale       text NOT NULL DEFAULT 'zh-CN',
    sender_name  text NOT NULL DEFAULT '',
    signature    text NOT NULL DEFAULT '',
    active       boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE unit (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    parent_id    bigint,
    kind         text NOT NULL DEFAULT 'department',   -- region, department, branch …
    name         text NOT NULL,
    path         bigint[] NOT NULL,                    -- from the root to itself
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE team (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    unit_id      bigint,
    name         text NOT NULL,
    description  text NOT NULL DEFAULT '',
    assignment   jsonb NOT NULL DEFAULT '{"mode": "manual"}',
    active       boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE agent (
    workspace_id  bigint NOT NULL,
    id            bigint NOT NULL,
    email         text NOT NULL,
    name          text NOT NULL,
    password_hash text,
    totp_secret   bytea,                    -- encrypted
    totp_enabled  boolean NOT NULL DEFAULT false,
    totp_last     bigint NOT NULL DEFAULT 0, -- last accepted time step: a code works once
    recovery      text[] NOT NULL DEFAULT '{}',
    locale        text NOT NULL DEFAULT 'zh-CN',
    theme         text NOT NULL DEFAULT 'system',
    avatar_file_id bigint,
    signature     text NOT NULL DEFAULT '',
    preferences   jsonb NOT NULL DEFAULT '{}',
    capacity      int NOT NULL DEFAULT 10,
    active        boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX agent_email ON agent (workspace_id, lower(email));
CREATE INDEX agent_login ON agent (lower(email)) WHERE active;

CREATE TABLE team_member (
    workspace_id bigint NOT NULL,
    team_id      bigint NOT NULL,
    agent_id     bigint NOT NULL,
    PRIMARY KEY (workspace_id, team_id, agent_id)
);
CREATE INDEX team_member_agent ON team_member (workspace_id, agent_id);

CREATE TABLE role (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    system       text,                      -- admin | lead | agent | viewer: the ones that come with a workspace
    grants       jsonb NOT NULL,            -- [{permission, scope, unit_id?}]
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE agent_role (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    role_id      bigint NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, role_id)
);

CREATE TABLE session (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    agent_id     bigint NOT NULL,
    token_hash   bytea NOT NULL,
    ip           text NOT NULL DEFAULT '',
    user_agent   text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_agent ON session (workspace_id, agent_id);

CREATE TABLE api_token (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    agent_id     bigint,                    -- whose rights bound it; null: the workspace's own
    name         text NOT NULL,
    token_hash   bytea NOT NULL,
    prefix       text NOT NULL,             -- the first letters, to recognise it by
    scopes       text[] NOT NULL,           -- permissions, or {*}
    created_by   bigint,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash);

-- Failed sign-ins, counted by account and network; only hashes of both are kept.
CREATE UNLOGGED TABLE login_failure (
    key        bytea NOT NULL,
    at         timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX login_failure_key ON login_failure (key, at);
GRANT SELECT, INSERT, DELETE ON login_failure TO yizhan_app;

-- What signing in must know before there is a workspace.
CREATE FUNCTION yizhan_logins(wanted text) RETURNS TABLE
    (workspace_id bigint, slug text, workspace_name text, agent_id bigint, password_hash text, totp_enabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT a.workspace_id, w.slug, w.name, a.id, a.password_hash, a.totp_enabled
    FROM agent a JOIN workspace w USING (workspace_id)
    WHERE lower(a.email) = lower(wanted) AND a.active ORDER BY a.workspace_id LIMIT 5
$$;

-- An agent's rights in one row: grants of all roles, teams, and units of those teams.
CREATE FUNCTION yizhan_agent_rights(ws bigint, who bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT jsonb_build_object(
        'id', a.id, 'name', a.name, 'locale', a.locale,
        'grants', coalesce((SELECT jsonb_agg(g) FROM agent_role ar JOIN role r
            ON r.workspace_id = ar.workspace_id AND r.id = ar.role_id, jsonb_array_elements(r.grants) g
            WHERE ar.workspace_id = ws AND ar.agent_id = who), '[]'),
        'teams', coalesce((SELECT jsonb_agg(team_id) FROM team_member
            WHERE workspace_id = ws AND agent_id = who), '[]'),
        'units', coalesce((SELECT jsonb_object_agg(u.id, (SELECT jsonb_agg(s.id) FROM unit s
            WHERE s.workspace_id = ws AND s.path @> ARRAY[u.id])) FROM unit u WHERE u.workspace_id = ws), '{}'))
    FROM agent a WHERE a.workspace_id = ws AND a.id = who AND a.active
$$;

CREATE FUNCTION yizhan_session(hash bytea) RETURNS TABLE
    (workspace_id bigint, session_id bigint, agent_id bigint, last_seen_at timestamptz, rights jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT s.workspace_id, s.id, s.agent_id, s.last_seen_at, yizhan_agent_rights(s.workspace_id, s.agent_id)
    FROM session s WHERE s.token_hash = hash AND s.expires_at > now()
$$;

CREATE FUNCTION yizhan_token(hash bytea) RETURNS TABLE
    (workspace_id bigint, token_id bigint, agent_id bigint, name text, scopes text[], last_used_at timestamptz,
     expires_at timestamptz, rights jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.workspace_id, t.id, t.agent_id, t.name, t.scopes, t.last_used_at, t.expires_at,
           CASE WHEN t.agent_id IS NULL THEN NULL ELSE yizhan_agent_rights(t.workspace_id, t.agent_id) END
    FROM api_token t WHERE t.token_hash = hash AND t.revoked_at IS NULL
      AND (t.expires_at IS NULL OR t.expires_at > now())
$$;

SELECT yizhan_protect();
