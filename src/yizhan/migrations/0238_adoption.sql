-- What became of articles further: changed before they were sent, resolved the ticket; what customers asked
-- before anybody answered and what was offered to them; what was learned from all of it.

-- Steps besides those before: edited (of a sent text), resolved (not opened again for seven days).
ALTER TABLE article_use ADD COLUMN distance real;   -- of an edited one: the share of words that changed

-- Questions that customers asked of articles: in the search of the help pages, while they wrote a request,
-- in the chat. Personal data is taken out before a question is kept.
CREATE TABLE article_ask (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    place        text NOT NULL,             -- search | form | chat
    visitor      text NOT NULL,             -- a keyed hash: of a day, or of a conversation
    brand_id     bigint,
    locale       text NOT NULL,
    question     text NOT NULL,
    article_ids  bigint[] NOT NULL DEFAULT '{}',    -- what was offered
    opened_id    bigint,                    -- the article that was opened first
    outcome      text,                      -- solved | person; null: nothing was said
    solved_id    bigint,
    ticket_id    bigint,                    -- of a chat
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX article_ask_at ON article_ask (workspace_id, at);
CREATE INDEX article_ask_visitor ON article_ask (workspace_id, place, visitor, id DESC);

-- What search learned from accepted answers.
CREATE TABLE article_learning (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    number       int NOT NULL,
    state        text NOT NULL,             -- in_use | retired | refused
    encoder      text NOT NULL,             -- whose vectors it compares; empty: words alone
    sha256       text NOT NULL,             -- of the model
    model        bytea,                     -- null: an old one that nobody goes back to
    accepted     int NOT NULL,              -- answers that it learned from
    articles     int NOT NULL,
    until_at     timestamptz NOT NULL,      -- the newest of them
    report       jsonb NOT NULL,            -- recall before and after, on answers that it had not seen
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX article_learning_used ON article_learning (workspace_id) WHERE state = 'in_use';
CREATE UNIQUE INDEX article_learning_number ON article_learning (workspace_id, number);

SELECT yizhan_protect();
