-- What customers said of themselves, each with its source, and where they stand with us.

CREATE TABLE contact_fact (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    contact_id   bigint NOT NULL,
    key          text NOT NULL,
    value        text NOT NULL,
    normal       text NOT NULL,             -- one spelling for what means the same
    state        text NOT NULL,             -- said | gone: an agent took it out, it does not come back
    by           text NOT NULL,             -- rule | agent: what an agent says holds
    agent_id     bigint,
    confidence   real NOT NULL,
    evidence     text NOT NULL DEFAULT '',  -- the words, as they stand in the newest message that says so
    ticket_id    bigint,
    message_id   bigint,
    times        int NOT NULL DEFAULT 1,    -- messages that said so
    first_at     timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX contact_fact_value ON contact_fact (workspace_id, contact_id, key, normal);

CREATE TABLE contact_profile (
    workspace_id bigint NOT NULL,
    contact_id   bigint NOT NULL,
    collect      boolean NOT NULL DEFAULT true,   -- false: nothing is read of this customer
    stage        text,
    stage_by     text NOT NULL DEFAULT 'rule',    -- agent: set by hand, rules leave it
    reason       jsonb NOT NULL DEFAULT '{}',     -- the rule and the figures it saw
    since        timestamptz,
    checked_at   timestamptz,
    PRIMARY KEY (workspace_id, contact_id)
);
CREATE INDEX contact_profile_stage ON contact_profile (workspace_id, stage, contact_id);

CREATE TABLE profile_settings (
    workspace_id bigint NOT NULL,
    settings     jsonb NOT NULL,
    PRIMARY KEY (workspace_id)
);

SELECT yizhan_protect();
