-- Sources beside a ticket: what is set up, what each answered, how each is doing.

CREATE TABLE panel_source (
    workspace_id   bigint NOT NULL,
    id             bigint NOT NULL,
    kind           text NOT NULL,               -- the extension
    name           text NOT NULL,
    about          text NOT NULL,               -- customer | ticket: for whom an answer is kept
    settings       jsonb NOT NULL,
    secrets        bytea,                       -- sealed
    key            bytea NOT NULL,              -- sealed; signs what leaves
    former_key     bytea,                       -- signs besides for a while
    former_until   timestamptz,
    role_ids       bigint[] NOT NULL DEFAULT '{}',  -- who sees it; empty: everybody
    masks          jsonb NOT NULL DEFAULT '[]', -- [{part, how, role_ids}]
    least_strength int NOT NULL,                -- of the identities that are given away
    fresh_seconds  int NOT NULL,
    kept_seconds   int NOT NULL,                -- an old answer is shown, as such, that long
    timeout_ms     int NOT NULL,
    active         boolean NOT NULL,
    version        int NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- The last good answer about somebody, and what became of the last try.
CREATE TABLE panel_answer (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    subject      text NOT NULL,                 -- customer:ID | ticket:ID
    asked        text NOT NULL,                 -- what was asked, hashed: another question has no answer yet
    content      jsonb,
    fetched_at   timestamptz,
    error        text,                          -- of the last try, if it failed
    tried_at     timestamptz NOT NULL,
    asking_until timestamptz,                   -- somebody asks right now
    PRIMARY KEY (workspace_id, source_id, subject)
);
CREATE INDEX panel_answer_old ON panel_answer (workspace_id, source_id, tried_at);

-- A source that keeps failing rests.
CREATE TABLE panel_health (
    workspace_id   bigint NOT NULL,
    source_id      bigint NOT NULL,
    failures       int NOT NULL DEFAULT 0,      -- in a row
    resting_until  timestamptz,
    last_ok_at     timestamptz,
    last_failed_at timestamptz,
    last_error     text,
    last_detail    text,
    PRIMARY KEY (workspace_id, source_id)
);

SELECT yizhan_protect();
