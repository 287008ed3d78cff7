-- What each published language of an article means: vectors of its parts and of the questions that it
-- answers, made by the worker after publishing.

ALTER TABLE article_text ADD COLUMN questions text[] NOT NULL DEFAULT '{}';

CREATE TABLE article_meaning (
    workspace_id bigint NOT NULL,
    text_id      bigint NOT NULL,
    article_id   bigint NOT NULL,
    version      int NOT NULL,              -- the published one that was read
    encoder      text NOT NULL,             -- whose vectors these are
    title        text NOT NULL,
    body         text NOT NULL,             -- as far as it was read
    questions    text[] NOT NULL,
    vectors      bytea NOT NULL,            -- 16-bit floats, one row a part
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, text_id)
);
CREATE INDEX article_meaning_at ON article_meaning (workspace_id, at DESC);

-- What is published already is read by the worker as soon as it runs.
INSERT INTO timer (workspace_id, kind, key, due_at, job, payload)
    SELECT DISTINCT workspace_id, 'knowledge.read_all', '', now(), 'knowledge.read_all', '{}'::jsonb
    FROM article_text WHERE state = 'published'
    ON CONFLICT DO NOTHING;

SELECT yizhan_protect();
