-- Macros, change sets with what takes them back, work on many tickets.

CREATE TABLE macro (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    title        text NOT NULL,
    folder       text NOT NULL DEFAULT '',      -- "Refunds / Late": a path for people
    shortcut     text NOT NULL DEFAULT '',      -- typed behind "/"
    reach        text NOT NULL,                 -- me | team | all
    owner_id     bigint,                        -- the agent of "me"
    team_id      bigint,                        -- the team of "team"
    condition    jsonb NOT NULL DEFAULT '{"all": []}',
    variants     jsonb NOT NULL DEFAULT '[]',   -- [{locale, body}], the first is the default
    attachments  bigint[] NOT NULL DEFAULT '{}',
    actions      jsonb NOT NULL DEFAULT '[]',   -- [{action, params}]
    keys         text NOT NULL DEFAULT '',      -- pinyin of the title, full and initials
    active       boolean NOT NULL DEFAULT true,
    version      int NOT NULL DEFAULT 1,
    created_by   bigint,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX macro_shortcut ON macro
    (workspace_id, lower(shortcut), reach, coalesce(owner_id, 0), coalesce(team_id, 0)) WHERE shortcut <> '' AND active;

CREATE TABLE macro_use (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    macro_id     bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    agent_id     bigint,
    at           timestamptz NOT NULL,
    text         text NOT NULL DEFAULT '',      -- as it was put into the editor
    outcome      text,                          -- unchanged | edited | dropped, once an answer was sent
    message_id   bigint,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX macro_use_macro ON macro_use (workspace_id, macro_id, at);
CREATE INDEX macro_use_open ON macro_use (workspace_id, ticket_id, agent_id) WHERE outcome IS NULL AND text <> '';

-- One change set: what actions did to a ticket, on whose word, and what takes it back.
CREATE TABLE action_run (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    actor        jsonb NOT NULL,
    cause        jsonb NOT NULL,                -- {kind, id, name}
    steps        jsonb NOT NULL,                -- [{action, params, undo, data}]
    at           timestamptz NOT NULL,
    undone_at    timestamptz,
    undone_by    jsonb,
    left_alone   jsonb NOT NULL DEFAULT '[]',   -- what the undo found changed since
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX action_run_ticket ON action_run (workspace_id, ticket_id, id);

CREATE TABLE bulk (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    kind         text NOT NULL,                 -- run | undo
    undo_of      bigint,
    state        text NOT NULL,                 -- queued | running | done | cancelled
    actor        jsonb NOT NULL,
    agent_id     bigint,                        -- whose rights count, ticket by ticket
    token_id     bigint,
    name         text NOT NULL DEFAULT '',
    actions      jsonb NOT NULL,
    total        int NOT NULL,
    done         int NOT NULL DEFAULT 0,
    skipped      int NOT NULL DEFAULT 0,
    failed       int NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX bulk_undo_once ON bulk (workspace_id, undo_of) WHERE undo_of IS NOT NULL;

CREATE TABLE bulk_item (
    workspace_id bigint NOT NULL,
    bulk_id      bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    state        text NOT NULL DEFAULT 'waiting',  -- waiting | done | skipped | failed
    reason       text NOT NULL DEFAULT '',         -- an error's code
    run_id       bigint,                           -- the change set; for an undo the one to take back
    PRIMARY KEY (workspace_id, bulk_id, ticket_id)
);
CREATE INDEX bulk_item_waiting ON bulk_item (workspace_id, bulk_id, ticket_id) WHERE state = 'waiting';

SELECT yizhan_protect();
