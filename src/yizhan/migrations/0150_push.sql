-- Waking a browser: the installation's keys, the devices of agents, what each agent wants to hear.

-- Of the whole installation, so without a workspace; sealed like every secret.
CREATE TABLE installation_key (
    name       text PRIMARY KEY,
    sealed     bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON installation_key TO yizhan_app;

-- A device belongs to the session that it was added in and goes with it.
CREATE TABLE push_device (
    workspace_id  bigint NOT NULL,
    id            bigint NOT NULL,
    agent_id      bigint NOT NULL,
    session_id    bigint NOT NULL,
    endpoint_hash bytea NOT NULL,           -- one browser is one device, whoever sits before it
    subscription  bytea NOT NULL,           -- encrypted: address and keys
    service       text NOT NULL,            -- the host of the push service
    user_agent    text NOT NULL DEFAULT '',
    created_at    timestamptz NOT NULL,
    pushed_at     timestamptz,              -- last taken by the push service
    failure       text,                     -- why the last one was not
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX push_device_endpoint ON push_device (endpoint_hash);
CREATE INDEX push_device_agent ON push_device (workspace_id, agent_id);
CREATE INDEX push_device_session ON push_device (workspace_id, session_id);

CREATE TABLE push_setting (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    kinds        text[] NOT NULL,
    preview      boolean NOT NULL,          -- may a push say what somebody wrote?
    quiet        jsonb,                     -- {start, end, time_zone}
    PRIMARY KEY (workspace_id, agent_id)
);

-- Who holds a browser's secret address holds the browser: it is nobody else's device any more.
CREATE FUNCTION yizhan_push_release(hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    DELETE FROM push_device WHERE endpoint_hash = hash
$$;

SELECT yizhan_protect();
