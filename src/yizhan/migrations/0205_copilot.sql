-- The copilot: model servers of a workspace, what may leave for them, what left, what became of answers.

CREATE TABLE copilot_settings (
    workspace_id   bigint PRIMARY KEY,
    allowed        text NOT NULL,               -- local | cloud | none: where texts may go unless a rule says less
    per_minute     int NOT NULL,
    month_tokens   bigint,                      -- empty: any number
    month_cost     double precision,            -- in the workspace's own currency; empty: any sum
    currency       text NOT NULL,
    kept_days      int NOT NULL,                -- how long what left can be looked at
    numbers        jsonb NOT NULL DEFAULT '[]', -- [{prefix, least, most, letters}]: how order numbers look
    unhidden       text[] NOT NULL DEFAULT '{}',-- kinds of personal data that may leave as they are
    updated_at     timestamptz NOT NULL
);

-- At most one in the company's own rooms, one elsewhere.
CREATE TABLE copilot_server (
    workspace_id   bigint NOT NULL,
    place          text NOT NULL,               -- local | cloud
    url            text NOT NULL,
    model          text NOT NULL,
    key            bytea,                       -- sealed
    quiet_seconds  int NOT NULL,
    whole_seconds  int NOT NULL,
    price_in       double precision NOT NULL,   -- for a million tokens
    price_out      double precision NOT NULL,
    hides          boolean NOT NULL,            -- personal data is replaced before anything leaves
    active         boolean NOT NULL,
    version        int NOT NULL DEFAULT 1,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, place)
);

CREATE TABLE copilot_rule (
    workspace_id   bigint NOT NULL,
    kind           text NOT NULL,               -- field | brand | contact
    subject        text NOT NULL,               -- the field's name, or an id
    allowed        text NOT NULL,               -- local | cloud | none
    PRIMARY KEY (workspace_id, kind, subject)
);

-- Counted before a question leaves, corrected by what the server says afterwards.
CREATE TABLE copilot_usage (
    workspace_id   bigint NOT NULL,
    month          date NOT NULL,
    place          text NOT NULL,
    calls          int NOT NULL DEFAULT 0,
    tokens         bigint NOT NULL DEFAULT 0,
    cost           double precision NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, month, place)
);

CREATE TABLE copilot_sent (
    workspace_id   bigint NOT NULL,
    id             bigint NOT NULL,
    at             timestamptz NOT NULL,
    place          text NOT NULL,
    host           text NOT NULL,
    model          text NOT NULL,
    task           text NOT NULL,
    agent_id       bigint,
    agent_name     text NOT NULL DEFAULT '',
    ticket_id      bigint,
    said           jsonb NOT NULL,              -- [{role, content}], as it left
    hidden         jsonb NOT NULL,              -- kind -> how many values were replaced
    outcome        text NOT NULL,               -- sending | answered | failed | cancelled
    reason         text,
    detail         text,
    answer         text NOT NULL DEFAULT '',    -- as it came
    tokens_in      int NOT NULL DEFAULT 0,
    tokens_out     int NOT NULL DEFAULT 0,
    cost           double precision NOT NULL DEFAULT 0,
    took_ms        int,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX copilot_sent_ticket ON copilot_sent (workspace_id, ticket_id, id DESC) WHERE ticket_id IS NOT NULL;

CREATE TABLE copilot_answer (
    workspace_id   bigint NOT NULL,
    id             bigint NOT NULL,
    at             timestamptz NOT NULL,
    ticket_id      bigint NOT NULL,
    agent_id       bigint,
    task           text NOT NULL,
    made_by        text NOT NULL,               -- model | embedded
    reason         text,                        -- why without a model
    model          text NOT NULL DEFAULT '',
    body           text NOT NULL,
    fate           text NOT NULL DEFAULT 'open',-- open | inserted | accepted | edited | discarded
    distance       int,                         -- characters changed before it was sent
    message_id     bigint,
    settled_at     timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX copilot_answer_inserted ON copilot_answer (workspace_id, ticket_id, agent_id, id DESC)
    WHERE fate = 'inserted';
CREATE INDEX copilot_answer_message ON copilot_answer (workspace_id, message_id) WHERE message_id IS NOT NULL;

SELECT yizhan_protect();
