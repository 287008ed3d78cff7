-- Who can do what and when, what tickets need, and the two lists that distribution works on.

CREATE TABLE skill (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    description  text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX skill_name ON skill (workspace_id, lower(name));

CREATE TABLE agent_skill (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    skill_id     bigint NOT NULL,
    level        int NOT NULL,              -- 1 to 5
    PRIMARY KEY (workspace_id, agent_id, skill_id)
);
CREATE INDEX agent_skill_of ON agent_skill (workspace_id, skill_id);

CREATE TABLE agent_profile (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    languages    text[] NOT NULL DEFAULT '{}',
    time_zone    text,                      -- of shifts and leave; null: the workspace's
    shifts       jsonb NOT NULL DEFAULT '{}',   -- {"mon": [["22:00", "06:00"]]}; none at all: any time
    limits       jsonb NOT NULL DEFAULT '{}',   -- channel -> how many tickets of it at once
    PRIMARY KEY (workspace_id, agent_id)
);

CREATE TABLE agent_leave (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    agent_id     bigint NOT NULL,
    begins       timestamp NOT NULL,        -- on the agent's own clock
    ends         timestamp NOT NULL,
    note         text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX agent_leave_of ON agent_leave (workspace_id, agent_id, ends);

CREATE TABLE assignment_rule (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    active       boolean NOT NULL DEFAULT true,
    condition    jsonb NOT NULL,
    needs        jsonb NOT NULL,            -- [{"skill_id", "level", "required"}]
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE assignment_team (
    workspace_id bigint NOT NULL,
    team_id      bigint NOT NULL,
    settings     jsonb NOT NULL,
    PRIMARY KEY (workspace_id, team_id)
);

-- One row a workspace: what a ticket of each channel costs, and whether the two lists below were begun.
CREATE TABLE assignment_state (
    workspace_id bigint NOT NULL,
    weights      jsonb NOT NULL DEFAULT '{}',
    begun_at     timestamptz,
    PRIMARY KEY (workspace_id)
);

-- Somebody asked to hand this ticket to whoever's turn it is, in a team that otherwise does it by hand.
CREATE TABLE assignment_wish (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    team_id      bigint NOT NULL,
    PRIMARY KEY (workspace_id, ticket_id)
);

-- Agents as distribution sees them. Written by distribution alone, from what the other tables say.
CREATE TABLE routing_agent (
    workspace_id   bigint NOT NULL,
    agent_id       bigint NOT NULL,
    available      boolean NOT NULL DEFAULT false,   -- active, online, on shift, not on leave
    abilities      text[] NOT NULL DEFAULT '{}',     -- t:team l:language s:skill:level, also lower levels
    capacity       int NOT NULL DEFAULT 0,
    load           int NOT NULL DEFAULT 0,           -- by weight
    counts         jsonb NOT NULL DEFAULT '{}',      -- channel -> tickets
    limits         jsonb NOT NULL DEFAULT '{}',
    last_given_at  timestamptz,
    next_change_at timestamptz,                      -- of shift or leave
    dirty          boolean NOT NULL DEFAULT false,   -- may have room that nobody has looked at yet
    PRIMARY KEY (workspace_id, agent_id)
);
CREATE INDEX routing_agent_turn ON routing_agent (workspace_id, last_given_at NULLS FIRST, agent_id)
    WHERE available AND load < capacity;
CREATE INDEX routing_agent_change ON routing_agent (workspace_id, next_change_at) WHERE next_change_at IS NOT NULL;
CREATE INDEX routing_agent_dirty ON routing_agent (workspace_id) WHERE dirty;

-- Tickets that wait to be given out. `class` is equal for those that the same agents fit.
CREATE TABLE routing_ticket (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    team_id      bigint NOT NULL,
    class        bigint NOT NULL,
    since        timestamptz NOT NULL,      -- the longest wait is first
    entered_at   timestamptz NOT NULL,      -- needs loosen from here on
    channel      text NOT NULL,
    cost         int NOT NULL,
    need         text[] NOT NULL,
    preferred    text[] NOT NULL,           -- what no longer is needed, but still comes first
    basis        jsonb NOT NULL,            -- the needs as they were said, and by which rules
    step         int NOT NULL DEFAULT 0,
    next_step_at timestamptz,
    requester_id bigint NOT NULL,
    sticky_id    bigint,                    -- the customer's last agent
    looked_at    timestamptz NOT NULL,
    dirty        boolean NOT NULL DEFAULT true,
    PRIMARY KEY (workspace_id, ticket_id)
);
CREATE INDEX routing_ticket_class ON routing_ticket (workspace_id, team_id, class, since, ticket_id);
CREATE INDEX routing_ticket_step ON routing_ticket (workspace_id, next_step_at) WHERE next_step_at IS NOT NULL;
CREATE INDEX routing_ticket_dirty ON routing_ticket (workspace_id) WHERE dirty;
CREATE INDEX routing_ticket_looked ON routing_ticket (workspace_id, looked_at);
CREATE INDEX routing_ticket_requester ON routing_ticket (workspace_id, requester_id);

INSERT INTO routing_agent (workspace_id, agent_id, last_given_at, dirty)
SELECT workspace_id, agent_id, last_given_at, true FROM agent_presence;

SELECT yizhan_protect();
