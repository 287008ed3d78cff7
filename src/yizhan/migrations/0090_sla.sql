-- Promises on tickets: calendars, policies with all their versions, clocks, and a row a ticket for lists.

CREATE TABLE sla_calendar (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    time_zone    text NOT NULL,
    hours        jsonb NOT NULL,            -- {"mon": [["09:00", "12:00"], …], …}
    holidays     jsonb NOT NULL DEFAULT '[]',   -- [{"date", "hours", "name"}]
    version      int NOT NULL DEFAULT 1,
    revision     bigint NOT NULL,           -- another one with every change, in all workspaces
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE sla_policy (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    position     int NOT NULL,              -- the first that matches holds
    active       boolean NOT NULL DEFAULT true,
    calendar_id  bigint,                    -- null: around the clock
    body         jsonb NOT NULL,            -- condition, targets, pause, escalations
    version      int NOT NULL DEFAULT 1,
    revision     bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- What a policy or a calendar said when a clock was set by it.
CREATE TABLE sla_version (
    workspace_id bigint NOT NULL,
    revision     bigint NOT NULL,
    kind         text NOT NULL,             -- policy | calendar
    object_id    bigint NOT NULL,
    version      int NOT NULL,
    body         jsonb NOT NULL,
    at           timestamptz NOT NULL,
    actor        jsonb NOT NULL,
    PRIMARY KEY (workspace_id, revision)
);
CREATE INDEX sla_version_object ON sla_version (workspace_id, kind, object_id, version);

-- One run of a target on a ticket. `cycle` counts the runs of targets that begin anew.
CREATE TABLE sla_clock (
    workspace_id      bigint NOT NULL,
    ticket_id         bigint NOT NULL,
    target            text NOT NULL,        -- the key within its policy
    cycle             int NOT NULL,
    kind              text NOT NULL,
    policy_id         bigint NOT NULL,
    policy_revision   bigint NOT NULL,
    calendar_revision bigint,               -- null: around the clock
    minutes           int NOT NULL,
    started_at        timestamptz NOT NULL,
    ended_at          timestamptz,          -- met, or no longer asked for
    met               boolean NOT NULL DEFAULT false,
    paused_at         timestamptz,
    due_at            timestamptz,          -- null while paused, and where nothing is ever open
    warn_at           timestamptz,
    warned_at         timestamptz,
    breached_at       timestamptz,
    escalated         text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, ticket_id, target, cycle)
);

-- What lists and conditions ask for: the next promise of a ticket.
CREATE TABLE sla_ticket (
    workspace_id    bigint NOT NULL,
    ticket_id       bigint NOT NULL,
    policy_id       bigint,
    policy_revision bigint,
    state           text NOT NULL,          -- running | paused | done
    target          text,
    kind            text,
    due_at          timestamptz,
    warn_at         timestamptz,
    breached        boolean NOT NULL DEFAULT false,  -- any clock of the ticket, ever
    tick_at         timestamptz,            -- when its timer rings
    PRIMARY KEY (workspace_id, ticket_id)
);
-- Lists by due time.
CREATE INDEX sla_ticket_due ON sla_ticket (workspace_id, due_at, ticket_id) WHERE due_at IS NOT NULL;
CREATE INDEX sla_ticket_policy ON sla_ticket (workspace_id, policy_id) WHERE state <> 'done';

-- Running clocks are set again after a change of policies or calendars.
CREATE TABLE sla_recomputation (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    cause        jsonb NOT NULL,
    total        int NOT NULL,
    done         int NOT NULL DEFAULT 0,
    changed      int NOT NULL DEFAULT 0,
    position     bigint NOT NULL DEFAULT 0, -- the last ticket that was looked at
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    PRIMARY KEY (workspace_id, id)
);

SELECT yizhan_protect();
