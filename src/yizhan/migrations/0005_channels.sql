-- Inboxes, what came in raw, what goes out, and what is known of it.

CREATE TABLE inbox (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    channel      text NOT NULL,
    name         text NOT NULL,
    brand_id     bigint NOT NULL,
    team_id      bigint,
    public_key   text NOT NULL,             -- in addresses: unguessable, no secret
    settings     jsonb NOT NULL DEFAULT '{}',
    secrets      bytea,                     -- encrypted JSON of the settings marked writeOnly
    active       boolean NOT NULL DEFAULT true,
    cursor       jsonb NOT NULL DEFAULT '{}',
    last_in_at   timestamptz,
    last_out_at  timestamptz,
    last_error   text,
    last_error_at timestamptz,
    poller       text,                      -- which process holds the poller's lease
    poller_until timestamptz,
    version      int NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX inbox_key ON inbox (public_key);

-- Every inbound byte ends in one of these states, with a reason that an agent can see.
CREATE TABLE envelope (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    inbox_id     bigint NOT NULL,
    dedupe_key   text NOT NULL,
    state        text NOT NULL,             -- received | message | receipt | quarantine | ignored | discarded
    reason       text,
    detail       text,
    sha256       text NOT NULL,             -- the raw bytes in the file store
    size         bigint NOT NULL,
    content_type text NOT NULL,
    meta         jsonb NOT NULL DEFAULT '{}',
    summary      jsonb,                     -- {from, subject, preview}: what a person needs to decide
    attempts     int NOT NULL DEFAULT 0,
    message_id   bigint,
    ticket_id    bigint,
    handled_by   jsonb,
    occurred_at  timestamptz,
    received_at  timestamptz NOT NULL,
    done_at      timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX envelope_once ON envelope (workspace_id, inbox_id, dedupe_key);
CREATE INDEX envelope_state ON envelope (workspace_id, state, id DESC) WHERE state <> 'message';
CREATE INDEX envelope_message ON envelope (workspace_id, message_id) WHERE message_id IS NOT NULL;

-- Ids by which the outside knows our messages (Message-ID, vendor ids): for threading and receipts.
CREATE TABLE message_ref (
    workspace_id bigint NOT NULL,
    external_id  text NOT NULL,
    inbox_id     bigint NOT NULL,
    message_id   bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    conversation_id bigint NOT NULL,
    direction    text NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, external_id, message_id)
);
CREATE INDEX message_ref_message ON message_ref (workspace_id, message_id);

-- One row an outgoing message: who works on it now, and how often it was tried.
CREATE TABLE delivery (
    workspace_id bigint NOT NULL,
    message_id   bigint NOT NULL,
    conversation_id bigint NOT NULL,
    inbox_id     bigint NOT NULL,
    state        text NOT NULL,
    attempts     int NOT NULL DEFAULT 0,
    not_before   timestamptz NOT NULL,
    leased_until timestamptz,
    error        text,
    external_id  text,
    created_at   timestamptz NOT NULL,
    done_at      timestamptz,
    PRIMARY KEY (workspace_id, message_id)
);
CREATE INDEX delivery_open ON delivery (workspace_id, conversation_id, message_id) WHERE state IN ('queued', 'sending');

CREATE TABLE receipt (                      -- what the outside said about a message, in order of arrival
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    message_id   bigint NOT NULL,
    kind         text NOT NULL,             -- receipt | bounce | complaint
    state        text NOT NULL,
    detail       text NOT NULL DEFAULT '',
    recipient    text NOT NULL DEFAULT '',
    envelope_id  bigint,
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX receipt_message ON receipt (workspace_id, message_id);

-- The fuse against loops: automatic answers to one address, counted.
CREATE TABLE auto_reply (
    workspace_id bigint NOT NULL,
    address      text NOT NULL,
    at           timestamptz NOT NULL,
    message_id   bigint NOT NULL,
    PRIMARY KEY (workspace_id, address, message_id)
);

CREATE FUNCTION yizhan_inbox_by_key(wanted text) RETURNS TABLE
    (workspace_id bigint, inbox_id bigint, channel text, active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT workspace_id, id, channel, active FROM inbox WHERE public_key = wanted $$;

CREATE FUNCTION yizhan_active_inboxes() RETURNS TABLE
    (workspace_id bigint, inbox_id bigint, channel text, version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT workspace_id, id, channel, version FROM inbox WHERE active $$;

SELECT yizhan_protect();
