-- Assignment, outgoing webhooks, the audit chain.

CREATE TABLE agent_presence (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    state        text NOT NULL DEFAULT 'offline',   -- online | away | offline
    since        timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    last_given_at timestamptz,              -- round robin: the one who waited longest is next
    PRIMARY KEY (workspace_id, agent_id)
);

CREATE TABLE webhook (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL DEFAULT '',
    url          text NOT NULL,
    events       text[] NOT NULL,
    secret       bytea NOT NULL,            -- encrypted
    active       boolean NOT NULL DEFAULT true,
    disabled_reason text,
    created_by   bigint,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE webhook_delivery (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    webhook_id   bigint NOT NULL,
    event_id     bigint NOT NULL,
    ticket_id    bigint,                    -- order is kept within a ticket
    type         text NOT NULL,
    body         text NOT NULL,
    state        text NOT NULL,             -- pending | delivered | failed
    attempts     int NOT NULL DEFAULT 0,
    next_at      timestamptz NOT NULL,
    status       int,
    response     text,
    error        text,
    duration_ms  int,
    created_at   timestamptz NOT NULL,
    done_at      timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (workspace_id, webhook_id, event_id, id);
CREATE INDEX webhook_delivery_open ON webhook_delivery (workspace_id, webhook_id, ticket_id, id) WHERE state = 'pending';
CREATE INDEX webhook_delivery_recent ON webhook_delivery (workspace_id, webhook_id, id DESC);

-- hash = sha256(previous hash || canonical JSON of this row), one chain a workspace.
CREATE TABLE audit (
    workspace_id bigint NOT NULL,
    seq          bigint NOT NULL,
    event_id     bigint,
    at           timestamptz NOT NULL,
    actor        jsonb NOT NULL,
    action       text NOT NULL,
    object       jsonb NOT NULL,
    detail       jsonb NOT NULL,
    ip           text NOT NULL DEFAULT '',
    hash         bytea NOT NULL,
    PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX audit_action ON audit (workspace_id, action, seq DESC);

SELECT yizhan_protect();
-- The chain is written once.
REVOKE UPDATE, DELETE ON audit FROM yizhan_app;
REVOKE UPDATE, DELETE ON event FROM yizhan_app;
