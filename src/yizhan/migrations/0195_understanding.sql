-- What is read in customers' messages, what agents said to it, and how a workspace wants it.

-- One row a message and head (intent, category, emotion, urgency, complexity, language, escalation, slots).
CREATE TABLE signal (
    workspace_id bigint NOT NULL,
    message_id   bigint NOT NULL,
    head         text NOT NULL,
    ticket_id    bigint NOT NULL,
    label        text,                       -- null: nothing could be said
    confidence   real NOT NULL,
    in_scope     boolean NOT NULL DEFAULT true,
    abstained    boolean NOT NULL DEFAULT false,
    others       jsonb NOT NULL DEFAULT '[]', -- [[label, probability]], best first, without the first
    evidence     jsonb NOT NULL DEFAULT '[]',
    model        text NOT NULL,              -- which version of what read it
    made_at      timestamptz NOT NULL,
    ms           real NOT NULL DEFAULT 0,    -- of the message, all heads together
    PRIMARY KEY (workspace_id, message_id, head)
);
CREATE INDEX signal_ticket ON signal (workspace_id, ticket_id, message_id);
CREATE INDEX signal_head ON signal (workspace_id, head, message_id);

-- What follows for a ticket from all of its messages: labels for conditions, and the whole for people.
CREATE TABLE ticket_signal (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    message_id   bigint NOT NULL,            -- the newest message that was read
    intent       text,                       -- labels are null while nothing certain is known
    category     text,                       -- path, levels joined by " > "
    emotion      text,
    urgency      text,
    complexity   text,
    language     text,
    negative     real NOT NULL DEFAULT 0,
    grave        boolean NOT NULL DEFAULT false, -- words that call for a person in charge
    turned_at    timestamptz,                -- since when it is negative or grave; null: it is not
    readings     jsonb NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, ticket_id)
);
CREATE INDEX ticket_signal_turned ON ticket_signal (workspace_id, turned_at) WHERE turned_at IS NOT NULL;
CREATE INDEX ticket_signal_intent ON ticket_signal (workspace_id, intent);

-- What agents said instead: labels to learn from. The newest of a ticket and head holds.
CREATE TABLE signal_correction (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    message_id   bigint NOT NULL,            -- the message that the reading was of
    head         text NOT NULL,              -- or slot:NAME
    was          text,
    was_by       text NOT NULL,              -- which model; agent when a person's word was changed
    confidence   real NOT NULL DEFAULT 0,    -- of what was read
    now          text NOT NULL,              -- oos: none of the labels; empty for a slot: not so
    by_kind      text NOT NULL,
    by_id        bigint,
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX signal_correction_ticket ON signal_correction (workspace_id, ticket_id, head, id);
CREATE INDEX signal_correction_head ON signal_correction (workspace_id, head, id);

CREATE TABLE understanding_settings (
    workspace_id bigint PRIMARY KEY,
    settings     jsonb NOT NULL,
    version      int NOT NULL DEFAULT 1,
    updated_at   timestamptz NOT NULL
);

SELECT yizhan_protect();
