-- Tickets, their conversations and messages.

CREATE TABLE ticket_status (
    workspace_id bigint NOT NULL,
    id           text NOT NULL,             -- new, open, pending, on_hold, resolved, closed, or the workspace's own
    category     text NOT NULL,             -- new | open | waiting | resolved | closed
    name         jsonb NOT NULL,            -- language -> name
    position     int NOT NULL DEFAULT 0,
    allowed      text[] NOT NULL DEFAULT '{}',  -- statuses that may follow; empty: any
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE ticket (
    workspace_id     bigint NOT NULL,
    id               bigint NOT NULL,
    number           bigint NOT NULL,
    subject          text NOT NULL,
    status           text NOT NULL DEFAULT 'new',
    status_category  text NOT NULL DEFAULT 'new',
    priority         text NOT NULL DEFAULT 'normal',   -- low | normal | high | urgent
    type             text NOT NULL DEFAULT 'question',
    tags             text[] NOT NULL DEFAULT '{}',
    channel          text NOT NULL,
    inbox_id         bigint,
    brand_id         bigint,
    team_id          bigint,
    unit_id          bigint,
    assignee_id      bigint,
    requester_id     bigint NOT NULL,
    follow_up_of     bigint,
    fields           jsonb NOT NULL DEFAULT '{}',
    preview          text NOT NULL DEFAULT '',
    message_count    int NOT NULL DEFAULT 0,
    last_message_at  timestamptz,
    last_message_id  bigint,
    last_customer_at timestamptz,
    last_customer_message_id bigint,
    waiting_since    timestamptz,           -- the oldest customer message without an answer
    first_reply_at   timestamptz,
    snoozed_until    timestamptz,
    resolved_at      timestamptz,
    version          int NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX ticket_number ON ticket (workspace_id, number);
-- The active views: newest movement first, over the few tickets that are not done.
CREATE INDEX ticket_active ON ticket (workspace_id, updated_at DESC, id DESC) WHERE status_category IN ('new', 'open', 'waiting');
CREATE INDEX ticket_mine ON ticket (workspace_id, assignee_id, updated_at DESC, id DESC) WHERE status_category IN ('new', 'open', 'waiting');
CREATE INDEX ticket_team ON ticket (workspace_id, team_id, updated_at DESC, id DESC) WHERE status_category IN ('new', 'open', 'waiting');
CREATE INDEX ticket_counts ON ticket (workspace_id) INCLUDE (status_category, assignee_id, team_id, unit_id, brand_id, snoozed_until)
    WHERE status_category IN ('new', 'open', 'waiting');
CREATE INDEX ticket_by_category ON ticket (workspace_id, status_category, updated_at DESC, id DESC);
CREATE INDEX ticket_all ON ticket (workspace_id, updated_at DESC, id DESC);
CREATE INDEX ticket_requester ON ticket (workspace_id, requester_id, id DESC);
CREATE INDEX ticket_snoozed ON ticket (workspace_id, snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE conversation (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    inbox_id     bigint,
    channel      text NOT NULL,
    contact_id   bigint NOT NULL,
    identity_id  bigint,                    -- who spoke: an answer goes only there
    external_key text,                      -- the channel's own thread
    reply_to     text,                      -- the address answers go to, where the channel has one
    last_inbound_at timestamptz,            -- reply windows count from here
    visitor_read_at timestamptz,
    meta         jsonb NOT NULL DEFAULT '{}',
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX conversation_ticket ON conversation (workspace_id, ticket_id);
CREATE UNIQUE INDEX conversation_key ON conversation (workspace_id, inbox_id, external_key) WHERE external_key IS NOT NULL;
CREATE INDEX conversation_contact ON conversation (workspace_id, contact_id);

CREATE TABLE message (
    workspace_id    bigint NOT NULL,
    id              bigint NOT NULL,
    ticket_id       bigint NOT NULL,
    conversation_id bigint,
    direction       text NOT NULL,          -- in | out | note | system
    visibility      text NOT NULL,          -- public | internal
    author_kind     text NOT NULL,          -- contact | agent | token | system
    author_id       bigint,
    author_name     text NOT NULL DEFAULT '',
    channel         text NOT NULL,
    subject         text,
    body_text       text NOT NULL DEFAULT '',
    body_html       text,
    quoted_text     text,
    quoted_html     text,
    addressing      jsonb,                  -- {from, to, cc, reply_to}
    mentions        jsonb NOT NULL DEFAULT '[]',
    automatic       boolean NOT NULL DEFAULT false,
    sender_verdict  text,
    external_id     text,                   -- as the channel knows it
    client_id       text,
    envelope_id     bigint,
    delivery_state  text,                   -- outgoing public messages only
    delivery_error  text,
    delivery_at     timestamptz,
    undo_until      timestamptz,
    meta            jsonb NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    edited_at       timestamptz,
    PRIMARY KEY (workspace_id, id),
    -- What is internal can never be on its way out.
    CHECK (visibility = 'public' OR (delivery_state IS NULL AND direction IN ('note', 'system')))
);
CREATE INDEX message_ticket ON message (workspace_id, ticket_id, id);
CREATE INDEX message_conversation ON message (workspace_id, conversation_id, id) WHERE conversation_id IS NOT NULL;
CREATE UNIQUE INDEX message_client ON message (workspace_id, ticket_id, client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX message_envelope ON message (workspace_id, envelope_id) WHERE envelope_id IS NOT NULL;

CREATE TABLE attachment (
    workspace_id bigint NOT NULL,
    message_id   bigint NOT NULL,
    file_id      bigint NOT NULL,
    inline       boolean NOT NULL DEFAULT false,
    content_id   text,
    position     int NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, message_id, file_id)
);
CREATE INDEX attachment_file ON attachment (workspace_id, file_id);

CREATE TABLE watcher (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    agent_id     bigint NOT NULL,
    PRIMARY KEY (workspace_id, ticket_id, agent_id)
);
CREATE INDEX watcher_agent ON watcher (workspace_id, agent_id);

CREATE TABLE participant (                  -- further people in the loop, by address; never joins by itself
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    address      text NOT NULL,
    name         text NOT NULL DEFAULT '',
    contact_id   bigint,
    PRIMARY KEY (workspace_id, ticket_id, address)
);

CREATE TABLE draft (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    agent_id     bigint NOT NULL,
    mode         text NOT NULL,             -- public | internal
    body_html    text NOT NULL DEFAULT '',
    body         text NOT NULL DEFAULT '',
    attachments  bigint[] NOT NULL DEFAULT '{}',
    mentions     jsonb NOT NULL DEFAULT '[]',
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, ticket_id, mode)
);

CREATE TABLE ticket_read (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    message_id   bigint NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, ticket_id)
);

CREATE TABLE notification (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    id           bigint NOT NULL,
    kind         text NOT NULL,             -- mention | assigned | reply
    ticket_id    bigint NOT NULL,
    message_id   bigint,
    actor        jsonb NOT NULL,
    text         text NOT NULL DEFAULT '',
    at           timestamptz NOT NULL,
    read_at      timestamptz,
    PRIMARY KEY (workspace_id, agent_id, id)
);
CREATE INDEX notification_unread ON notification (workspace_id, agent_id) WHERE read_at IS NULL;

-- Words and Chinese bigrams, cut by the application. Under row-level security `@@` loses its index,
-- so searches go through yizhan_search below.
CREATE TABLE search_doc (
    workspace_id bigint NOT NULL,
    kind         text NOT NULL,             -- message | contact
    id           bigint NOT NULL,
    ticket_id    bigint,
    internal     boolean NOT NULL DEFAULT false,
    at           timestamptz NOT NULL,
    vector       tsvector NOT NULL,
    PRIMARY KEY (workspace_id, kind, id)
);
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX search_doc_vector ON search_doc USING gin (workspace_id, vector);

CREATE FUNCTION yizhan_search(query tsquery, wanted_kind text, with_internal boolean, most int)
RETURNS TABLE (kind text, id bigint, ticket_id bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH hit AS MATERIALIZED (
        SELECT d.kind, d.id, d.ticket_id, d.at FROM search_doc d
        WHERE d.workspace_id = (SELECT yizhan_workspace()) AND d.vector @@ query
          AND (wanted_kind IS NULL OR d.kind = wanted_kind)
          AND (with_internal OR NOT d.internal)
    ) SELECT * FROM hit ORDER BY at DESC LIMIT most
$$;

SELECT yizhan_protect();
