-- Saved views: a condition, columns and an order that somebody keeps, alone or for others.

CREATE TABLE view (
    workspace_id  bigint NOT NULL,
    id            bigint NOT NULL,
    name          text NOT NULL,
    icon          text NOT NULL DEFAULT '',
    condition     jsonb NOT NULL,
    columns       text[] NOT NULL DEFAULT '{}',
    sort          text NOT NULL DEFAULT 'updated',
    group_by      text,
    owner_id      bigint,                   -- an agent; null: made by a program
    shared_all    boolean NOT NULL DEFAULT false,
    shared_teams  bigint[] NOT NULL DEFAULT '{}',
    shared_agents bigint[] NOT NULL DEFAULT '{}',
    version       int NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- In which order somebody has the views in the side bar, and which ones are put away. Agent 0 is the
-- workspace: what it puts away is gone for everybody.
CREATE TABLE view_place (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    ids          text[] NOT NULL DEFAULT '{}',
    hidden       text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, agent_id)
);

-- What lists are ordered by. Each index begins with the workspace and ends with the id, so that a page goes
-- on exactly behind the last row; a moment that is missing sorts last. The expressions are those of
-- domains/tickets/orders.py, word for word.
CREATE INDEX ticket_created ON ticket (workspace_id, created_at DESC, id DESC);
CREATE INDEX ticket_priority ON ticket (workspace_id,
    (CASE priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 WHEN 'normal' THEN 2 ELSE 1 END) DESC, id DESC);
CREATE INDEX ticket_heard ON ticket (workspace_id,
    (coalesce(last_customer_at, timestamptz '1970-01-01 00:00:00+00')) DESC, id DESC);
CREATE INDEX ticket_longest ON ticket (workspace_id,
    (coalesce(waiting_since, timestamptz '9999-12-31 00:00:00+00')), id)
    WHERE status_category IN ('new', 'open', 'waiting');
CREATE INDEX ticket_done ON ticket (workspace_id,
    (coalesce(resolved_at, timestamptz '1970-01-01 00:00:00+00')) DESC, id DESC)
    WHERE status_category IN ('resolved', 'closed');

SELECT yizhan_protect();
