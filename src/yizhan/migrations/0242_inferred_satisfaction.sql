-- How satisfied customers probably are who were not asked, or have not answered.

CREATE TABLE inferred_satisfaction (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    score        real NOT NULL,             -- how likely a good rating is
    rating       text NOT NULL,             -- good | neutral | bad
    model        text NOT NULL,             -- rules, or which version of the workspace's own
    parts        jsonb NOT NULL,            -- what it comes from, for people
    told         real,                      -- the score just before the customer gave one: for comparing
    inferred_at  timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, ticket_id)
);
CREATE INDEX inferred_satisfaction_at ON inferred_satisfaction (workspace_id, inferred_at);

SELECT yizhan_protect();
