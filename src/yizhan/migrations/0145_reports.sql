-- Reports: what happened to tickets, as facts made from the event log. Nothing here is the truth of
-- anything: `yizhan reports rebuild` makes all of it again.

-- One row for each thing that counts. channel … tags, unit and assignee are the ticket's, as it is now;
-- agent_id is who did it, or who was responsible at that moment.
CREATE TABLE report_fact (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    kind         text NOT NULL,
    event_id     bigint NOT NULL,           -- the event that it follows from
    at           timestamptz NOT NULL,
    agent_id     bigint,
    value        bigint,                    -- seconds, messages, 1 or 0, a score
    channel      text NOT NULL,
    brand_id     bigint,
    team_id      bigint,
    unit_id      bigint,
    assignee_id  bigint,
    priority     text NOT NULL,
    tags         text[] NOT NULL,
    PRIMARY KEY (workspace_id, ticket_id, kind, event_id)
);
-- A period of one kind, newest first: numbers and the rows behind them.
CREATE INDEX report_fact_at ON report_fact (workspace_id, kind, at DESC, event_id DESC);

-- From when to when a ticket was not done. An end that has not come is 'infinity'.
CREATE TABLE report_span (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    event_id     bigint NOT NULL,           -- with which it began
    began_at     timestamptz NOT NULL,
    ended_at     timestamptz NOT NULL,
    agent_id     bigint,
    channel      text NOT NULL,
    brand_id     bigint,
    team_id      bigint,
    unit_id      bigint,
    assignee_id  bigint,
    priority     text NOT NULL,
    tags         text[] NOT NULL,
    PRIMARY KEY (workspace_id, ticket_id, event_id)
);
-- What was open at some moment of a period had not ended before it.
CREATE INDEX report_span_open ON report_span (workspace_id, ended_at, began_at);

-- The built-in lead learns of reports; an administrator may do everything already.
UPDATE role SET grants = grants || '[{"permission": "report:read", "scope": "all"}]'::jsonb
    WHERE system = 'lead' AND NOT grants @> '[{"permission": "report:read"}]'::jsonb;

SELECT yizhan_protect();
