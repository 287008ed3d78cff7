-- What a workspace has learned: versions of its models, what they learned from, how good they are.

CREATE TABLE model_version (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    head         text NOT NULL,             -- intent | category | emotion | urgency | satisfaction
    number       int NOT NULL,              -- 1, 2, 3 of its head: what people call it
    state        text NOT NULL,             -- training | candidate | in_use | retired | failed | cancelled
    cause        text NOT NULL,             -- button | weekly | labels
    reason       text NOT NULL DEFAULT '',  -- why it is in use, or is not
    started_by   jsonb NOT NULL,            -- {kind, id, name}
    stage        text NOT NULL DEFAULT 'waiting',  -- waiting | reading | vectors | fitting | measuring | done
    done         int NOT NULL DEFAULT 0,    -- of this stage
    total        int NOT NULL DEFAULT 0,
    seed         int NOT NULL DEFAULT 1,
    encoder      text NOT NULL DEFAULT '',  -- whose vectors it reads; empty: words alone
    sha256       text,                      -- its bytes in the file store
    measured     text,                      -- the same without the latest labels: what was measured
    size         int NOT NULL DEFAULT 0,
    threshold    real,                      -- below this confidence it had better say nothing
    snapshot     jsonb NOT NULL DEFAULT '{}',   -- labels: how many, of which time, from where, their hash
    report       jsonb NOT NULL DEFAULT '{}',   -- the figures on labels that it had not seen
    seconds      real,
    created_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    promoted_at  timestamptz,               -- the last time that it came into use
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX model_version_number ON model_version (workspace_id, head, number);
CREATE UNIQUE INDEX model_version_in_use ON model_version (workspace_id, head) WHERE state = 'in_use';
CREATE UNIQUE INDEX model_version_training ON model_version (workspace_id, head) WHERE state = 'training';

-- When a workspace trains by itself, and when it may take a new version into use by itself.
CREATE TABLE learning_setting (
    workspace_id  bigint NOT NULL PRIMARY KEY,
    weekly        boolean NOT NULL DEFAULT true,
    after_labels  int,                      -- so many new labels start a training; null: none do
    promote       boolean NOT NULL DEFAULT true,  -- take what is better beyond chance into use
    target        real NOT NULL DEFAULT 0.9,      -- how often what is said should be right
    category_field text,                    -- the ticket's field that holds its final category
    version       int NOT NULL DEFAULT 1,
    updated_at    timestamptz NOT NULL
);

-- What people said when they were asked for a label: the answer, or that they cannot tell.
CREATE TABLE label_answer (
    workspace_id bigint NOT NULL,
    head         text NOT NULL,
    message_id   bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    label        text,                      -- null: skipped
    guessed      text,                      -- what the desk would have said
    agent_id     bigint,
    answered_at  timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, head, message_id)
);
CREATE INDEX label_answer_agent ON label_answer (workspace_id, agent_id, answered_at DESC);

-- Who leads a team looks after what its desk learns; an administrator may do everything already.
UPDATE role SET grants = grants || '[{"permission": "learning:manage", "scope": "all"}]'::jsonb
    WHERE system = 'lead' AND NOT grants @> '[{"permission": "learning:manage"}]'::jsonb;
UPDATE role SET grants = grants || '[{"permission": "learning:label", "scope": "all"}]'::jsonb
    WHERE system = 'lead' AND NOT grants @> '[{"permission": "learning:label"}]'::jsonb;

SELECT yizhan_protect();
