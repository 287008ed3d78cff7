-- The ground: isolation by workspace, the event log, jobs, timers, number blocks, idempotency.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yizhan_app') THEN
        CREATE ROLE yizhan_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
    -- Who makes a role may administer it, but not yet act as it.
    IF NOT pg_has_role(current_user, 'yizhan_app', 'SET') THEN
        EXECUTE format('GRANT yizhan_app TO %I', current_user);
    END IF;
END $$;

GRANT USAGE ON SCHEMA public TO yizhan_app;

-- The workspace of the running transaction; null outside of one, and null equals nothing.
CREATE FUNCTION yizhan_workspace() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('yizhan.workspace', true), '')::bigint $$;

-- Puts the fence around every table that has a workspace_id and none yet. Each migration ends with it.
-- The owner keeps a policy of its own, so that the SECURITY DEFINER functions below can look across.
CREATE FUNCTION yizhan_protect() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t regclass;
BEGIN
    FOR t IN
        SELECT c.oid FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY tenant ON %s TO yizhan_app USING (workspace_id = (SELECT yizhan_workspace()))
                        WITH CHECK (workspace_id = (SELECT yizhan_workspace()))', t);
        EXECUTE format('CREATE POLICY house ON %s TO %I USING (true) WITH CHECK (true)', t, current_user);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO yizhan_app', t);
    END LOOP;
END $$;

CREATE TABLE workspace (
    workspace_id bigint PRIMARY KEY,
    slug         text NOT NULL UNIQUE,
    name         text NOT NULL,
    locale       text NOT NULL DEFAULT 'zh-CN',
    time_zone    text NOT NULL DEFAULT 'Asia/Shanghai',
    settings     jsonb NOT NULL DEFAULT '{}',
    setup_done   boolean NOT NULL DEFAULT false,
    secret       bytea NOT NULL,            -- encrypted; signs reply addresses and visitor tokens
    created_at   timestamptz NOT NULL DEFAULT now()
);

-- The append-only log. `xid` is the writing transaction: readers stop below the oldest one that
-- still runs, because a growing id is not commit order.
CREATE TABLE event (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    type         text NOT NULL,
    at           timestamptz NOT NULL,
    actor        jsonb NOT NULL,            -- {kind, id, name?}
    ticket_id    bigint,
    data         jsonb NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX event_position ON event (workspace_id, xid, id);
CREATE INDEX event_ticket ON event (workspace_id, ticket_id, id) WHERE ticket_id IS NOT NULL;

CREATE TABLE consumer (
    workspace_id bigint NOT NULL,
    name         text NOT NULL,
    xid          xid8 NOT NULL DEFAULT '0',
    id           bigint NOT NULL DEFAULT 0,
    failures     int NOT NULL DEFAULT 0,
    error        text,
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, name)
);

CREATE TABLE timer (
    workspace_id bigint NOT NULL,
    kind         text NOT NULL,
    key          text NOT NULL,
    due_at       timestamptz NOT NULL,
    job          text NOT NULL,
    payload      jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, kind, key)
);
CREATE INDEX timer_due ON timer (due_at);

CREATE TABLE number_block (
    workspace_id bigint NOT NULL,
    kind         text NOT NULL,
    next         bigint NOT NULL,
    PRIMARY KEY (workspace_id, kind)
);

CREATE TABLE idempotency (
    workspace_id bigint NOT NULL,
    actor        text NOT NULL,
    key          text NOT NULL,
    fingerprint  text NOT NULL,
    status       int NOT NULL,
    body         bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, actor, key)
);

CREATE TABLE file (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    content_type text NOT NULL,
    size         bigint NOT NULL,
    sha256       text NOT NULL,
    owner_kind   text NOT NULL,             -- agent | token | contact | channel | system
    owner_id     bigint,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

-- One row a running process: its number is part of every id that it makes.
CREATE TABLE node_lease (
    node       int PRIMARY KEY,
    holder     text NOT NULL,
    expires_at timestamptz NOT NULL
);
INSERT INTO node_lease SELECT n, '', '-infinity' FROM generate_series(0, 1023) n;
GRANT SELECT, UPDATE ON node_lease TO yizhan_app;

-- pgqueuer 1.6's tables as it would install them, without its row trigger: a NOTIFY within the
-- writing transaction takes a database-wide lock at commit. Wake-ups are sent after commit.
CREATE TYPE pgqueuer_status AS ENUM ('queued', 'picked', 'successful', 'exception', 'canceled', 'deleted', 'failed');
CREATE TABLE pgqueuer (
    id bigserial NOT NULL PRIMARY KEY,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamptz NOT NULL DEFAULT now(),
    updated timestamptz NOT NULL DEFAULT now(),
    heartbeat timestamptz NOT NULL DEFAULT now(),
    execute_after timestamptz NOT NULL DEFAULT now(),
    status pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer NOT NULL DEFAULT 0,
    slot bigint
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
CREATE TABLE pgqueuer_log (
    id bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL PRIMARY KEY,
    created timestamptz NOT NULL DEFAULT now(),
    job_id bigint NOT NULL,
    status pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);
CREATE TABLE pgqueuer_schedules (
    id bigserial NOT NULL PRIMARY KEY,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamptz NOT NULL DEFAULT now(),
    created timestamptz NOT NULL DEFAULT now(),
    updated timestamptz NOT NULL DEFAULT now(),
    next_run timestamptz NOT NULL DEFAULT now(),
    last_run timestamptz,
    status pgqueuer_status DEFAULT 'queued',
    UNIQUE (expression, entrypoint)
);
CREATE TABLE pgqueuer_statistics (
    id bigserial NOT NULL PRIMARY KEY,
    created timestamptz NOT NULL DEFAULT date_trunc('sec', timezone('UTC', now())),
    count bigint NOT NULL,
    priority integer NOT NULL,
    status pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);
CREATE INDEX pgqueuer_ep_ea_idx ON pgqueuer (entrypoint, execute_after) WHERE status = 'queued';
CREATE INDEX pgqueuer_ep_prio_id_idx ON pgqueuer (entrypoint, priority DESC, id) WHERE status = 'queued';
CREATE INDEX pgqueuer_picked_heartbeat_idx ON pgqueuer (heartbeat) WHERE status = 'picked';
CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON pgqueuer (entrypoint, slot) WHERE status = 'picked' AND slot IS NOT NULL;
CREATE INDEX pgqueuer_queue_manager_id_idx ON pgqueuer (queue_manager_id) WHERE queue_manager_id IS NOT NULL;
CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON pgqueuer (dedupe_key)
    WHERE status IN ('queued', 'picked') AND dedupe_key IS NOT NULL;
CREATE INDEX pgqueuer_log_created ON pgqueuer_log (created);
CREATE INDEX pgqueuer_log_job_id_status ON pgqueuer_log (job_id, created DESC);
CREATE INDEX pgqueuer_log_not_aggregated ON pgqueuer_log ((1)) WHERE NOT aggregated;
CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON pgqueuer_statistics
    (priority, date_trunc('sec', timezone('UTC', created)), status, entrypoint);
GRANT SELECT, INSERT, UPDATE, DELETE ON pgqueuer, pgqueuer_log, pgqueuer_schedules, pgqueuer_statistics TO yizhan_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO yizhan_app;

-- Moves due timers into the queue: once each, because the row goes in the same statement.
CREATE FUNCTION yizhan_fire_timers(batch int) RETURNS int LANGUAGE sql SECURITY DEFINER
SET search_path = public AS $$
    WITH due AS (
        DELETE FROM timer t USING (
            SELECT workspace_id, kind, key FROM timer WHERE due_at <= now()
            ORDER BY due_at LIMIT batch FOR UPDATE SKIP LOCKED
        ) d WHERE (t.workspace_id, t.kind, t.key) = (d.workspace_id, d.kind, d.key)
        RETURNING t.*
    ), queued AS (
        INSERT INTO pgqueuer (priority, status, entrypoint, payload)
        SELECT 0, 'queued', job, convert_to((payload || jsonb_build_object('workspace_id', workspace_id))::text, 'UTF8')
        FROM due RETURNING 1
    ) SELECT count(*)::int FROM queued
$$;

-- Workspaces in which a consumer of the log has not reached the end.
CREATE FUNCTION yizhan_behind(consumer_name text) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
    SELECT w.workspace_id FROM workspace w
    LEFT JOIN consumer c ON c.workspace_id = w.workspace_id AND c.name = consumer_name
    WHERE EXISTS (
        SELECT FROM event e WHERE e.workspace_id = w.workspace_id
          AND (e.xid, e.id) > (coalesce(c.xid, '0'::xid8), coalesce(c.id, 0)))
$$;

CREATE FUNCTION yizhan_workspaces() RETURNS TABLE (workspace_id bigint, slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT workspace_id, slug, name FROM workspace ORDER BY workspace_id $$;

CREATE FUNCTION yizhan_workspace_by_slug(wanted text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT workspace_id FROM workspace WHERE slug = wanted $$;

SELECT yizhan_protect();
