-- The health of the knowledge base: checks, what they found, and drafts that were made from it.

CREATE TABLE knowledge_check (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    state        text NOT NULL,             -- running | done | failed | cancelled
    cause        text NOT NULL,             -- button | nightly
    stage        text NOT NULL,             -- waiting | reading | questions | gaps | stale | contradictions
    done         int NOT NULL DEFAULT 0,
    total        int NOT NULL DEFAULT 0,
    started_by   jsonb NOT NULL,
    encoder      text NOT NULL DEFAULT '',  -- empty: by words alone
    looked_at    jsonb NOT NULL DEFAULT '{}',   -- how many questions, articles, answers
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX knowledge_check_running ON knowledge_check (workspace_id) WHERE state = 'running';

CREATE TABLE knowledge_finding (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    kind         text NOT NULL,             -- gap | stale | contradiction
    reason       text NOT NULL DEFAULT '',  -- of a stale one: review | unhelpful | edited | value
    key          text NOT NULL,             -- the same finding of another check
    state        text NOT NULL,             -- open | dismissed | done
    brand_id     bigint,
    locale       text NOT NULL DEFAULT '',
    article_id   bigint,                    -- what it is about; of a gap: the draft that was made for it
    other_id     bigint,                    -- what it contradicts
    title        text NOT NULL,
    count        int NOT NULL,              -- questions, answers, or pairs of sentences
    evidence     jsonb NOT NULL,
    fingerprint  text NOT NULL,             -- of the evidence: another one opens what was dismissed
    dismissed_as text,                      -- the fingerprint that was dismissed
    dismissed_count int,
    settled_by   jsonb,
    first_at     timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX knowledge_finding_key ON knowledge_finding (workspace_id, kind, key);
CREATE INDEX knowledge_finding_open ON knowledge_finding (workspace_id, kind, count DESC, id) WHERE state = 'open';
CREATE INDEX knowledge_finding_article ON knowledge_finding (workspace_id, article_id) WHERE article_id IS NOT NULL;

-- Drafts from solved tickets: where each paragraph comes from. Readers of the article never see it.
CREATE TABLE knowledge_draft (
    workspace_id bigint NOT NULL,
    article_id   bigint NOT NULL,
    locale       text NOT NULL,
    finding_id   bigint,
    ticket_id    bigint,                    -- the one that was chosen
    sources      jsonb NOT NULL,            -- [{paragraph, text, ticket_id, message_id, tickets}]
    made_by      jsonb NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, article_id, locale)
);

-- The first check of workspaces that have articles already comes in the night.
INSERT INTO timer (workspace_id, kind, key, due_at, job, payload)
    SELECT DISTINCT workspace_id, 'upkeep.nightly', '', now() + interval '6 hours', 'upkeep.nightly', '{}'::jsonb
    FROM article_text WHERE state = 'published'
    ON CONFLICT DO NOTHING;

SELECT yizhan_protect();
