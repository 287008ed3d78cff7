-- Skills: what the administrator allows them, how far each got, what they decided and what came of it.

CREATE TABLE copilot_skill (
    workspace_id   bigint NOT NULL,
    skill          text NOT NULL,
    ceiling        text NOT NULL,               -- off | shadow | suggest | approve | act
    intents        jsonb NOT NULL DEFAULT '{}', -- intent -> a ceiling of its own
    confidence     double precision,            -- empty: the skill's own
    asks_model     boolean NOT NULL,
    version        int NOT NULL DEFAULT 1,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, skill)
);

-- What the levels of a workspace take.
CREATE TABLE copilot_ladder (
    workspace_id   bigint PRIMARY KEY,
    rules          jsonb NOT NULL,
    updated_at     timestamptz NOT NULL
);

-- Where a skill stands; one that is not here is in the shadow and always was.
CREATE TABLE copilot_skill_level (
    workspace_id   bigint NOT NULL,
    skill          text NOT NULL,
    intent         text NOT NULL,               -- empty: the skill has one level for all
    level          text NOT NULL,               -- shadow | suggest | approve | act
    since          timestamptz NOT NULL,        -- results of decisions made before do not count
    why            text NOT NULL,               -- earned | fell | in_a_row | ceiling
    PRIMARY KEY (workspace_id, skill, intent)
);

CREATE TABLE copilot_skill_decision (
    workspace_id   bigint NOT NULL,
    id             bigint NOT NULL,
    at             timestamptz NOT NULL,
    skill          text NOT NULL,
    version        text NOT NULL,
    prompt_version text NOT NULL,
    model          text NOT NULL,               -- of a server; empty: without
    made_by        text NOT NULL,               -- model | embedded
    reason         text,                        -- why without a model, where one was wanted
    ticket_id      bigint NOT NULL,
    message_id     bigint NOT NULL,
    intent         text NOT NULL,
    inputs         jsonb NOT NULL,              -- ids of what was seen, no words
    output         jsonb NOT NULL,
    steps          jsonb NOT NULL,              -- actions that follow
    confidence     double precision NOT NULL,
    why            text NOT NULL,
    level          text NOT NULL,               -- at that moment
    took_ms        double precision NOT NULL,
    fate           text NOT NULL,               -- shadow | open | done | accepted | edited | discarded | undone | lapsed | failed
    failure        text,
    run_id         bigint,                      -- the change set
    agent_id       bigint,                      -- who decided about it
    verdict        text,                        -- right | wrong | unclear; empty: not known yet
    judged_by      text,                        -- compared | person | undo | reopened | time
    judged_at      timestamptz,
    PRIMARY KEY (workspace_id, id)
);
-- The same message is decided about once.
CREATE UNIQUE INDEX copilot_skill_decision_once ON copilot_skill_decision (workspace_id, skill, message_id);
CREATE INDEX copilot_skill_decision_ticket ON copilot_skill_decision (workspace_id, ticket_id, id);
CREATE INDEX copilot_skill_decision_skill ON copilot_skill_decision (workspace_id, skill, id DESC);

SELECT yizhan_protect();
