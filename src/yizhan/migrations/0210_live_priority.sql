-- Who is next: a score of customer value, mood, difficulty, promise and waiting, kept as a moment. All
-- scores of a workspace grow by the same slope, so their order is that of moments and no row is written
-- anew because time passes.

CREATE TABLE ticket_score (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    place        timestamptz NOT NULL,      -- since when it would wait if waiting were all; earliest is next
    since        timestamptz NOT NULL,
    value        int NOT NULL,              -- of 1000, as are the following
    emotion      int NOT NULL,
    complexity   int NOT NULL,
    importance   int NOT NULL,
    risk         int NOT NULL,
    risk_at      timestamptz,               -- when the next tenth of the promised time is used
    facts        jsonb NOT NULL,            -- what the shares come from, for people
    full_at      timestamptz NOT NULL,      -- from here on it has 100 and only age counts
    next_at      timestamptz,               -- when it is looked at again
    PRIMARY KEY (workspace_id, ticket_id)
);
CREATE INDEX ticket_score_order ON ticket_score (workspace_id, place, ticket_id);
CREATE INDEX ticket_score_step ON ticket_score (workspace_id, next_at) WHERE next_at IS NOT NULL;

-- One row a workspace: its weights, and how far its open tickets were scored for the first time.
CREATE TABLE priority_state (
    workspace_id bigint NOT NULL,
    settings     jsonb NOT NULL DEFAULT '{}',
    filled_to    bigint NOT NULL DEFAULT 0,
    filled_at    timestamptz,
    PRIMARY KEY (workspace_id)
);

ALTER TABLE routing_ticket ADD COLUMN place timestamptz;
UPDATE routing_ticket SET place = since;
CREATE INDEX routing_ticket_place ON routing_ticket (workspace_id, team_id, class, place, since, ticket_id);
-- Those at 100: they may have a place kept for them.
CREATE INDEX routing_ticket_full ON routing_ticket (workspace_id, team_id, place)
    WHERE place < timestamptz '1900-01-01 00:00:00+00';

SELECT yizhan_protect();
