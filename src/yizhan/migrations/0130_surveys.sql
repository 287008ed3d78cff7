-- How satisfied customers are: surveys, and who was asked with what they said.

CREATE TABLE survey (
    workspace_id  bigint NOT NULL,
    id            bigint NOT NULL,
    name          text NOT NULL,
    kind          text NOT NULL,             -- csat | nps | ces
    position      int NOT NULL,              -- the first that fits a ticket asks
    active        boolean NOT NULL DEFAULT false,
    brand_id      bigint,                    -- null: every brand's
    condition     jsonb NOT NULL,
    trigger       text NOT NULL,             -- resolved | closed: the category that is reached
    delay_minutes int NOT NULL,
    channels      text[] NOT NULL,           -- mail | chat | link
    texts         jsonb NOT NULL DEFAULT '{}',  -- locale -> {intro, question, thanks}
    throttle_days int NOT NULL,
    expires_days  int NOT NULL,
    version       int NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- One question to one customer about one ticket. Its link is its number with a keyed signature,
-- which is kept nowhere.
CREATE TABLE survey_invitation (
    workspace_id    bigint NOT NULL,
    id              bigint NOT NULL,
    survey_id       bigint NOT NULL,
    kind            text NOT NULL,
    ticket_id       bigint NOT NULL,
    contact_id      bigint NOT NULL,
    conversation_id bigint,
    message_id      bigint,                  -- the answer that carried the question; null: a link alone
    channel         text NOT NULL,           -- mail | chat | link
    locale          text NOT NULL,
    brand_id        bigint,
    agent_id        bigint,                  -- who had the ticket when the customer was asked
    team_id         bigint,
    sent_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    score           int,
    comment         text NOT NULL DEFAULT '',
    answered_at     timestamptz,             -- the first time
    changed_at      timestamptz,             -- the last time
    PRIMARY KEY (workspace_id, id)
);
-- A customer is asked once about a ticket, whatever becomes of it.
CREATE UNIQUE INDEX survey_invitation_ticket ON survey_invitation (workspace_id, ticket_id);
CREATE INDEX survey_invitation_contact ON survey_invitation (workspace_id, contact_id, sent_at);
CREATE INDEX survey_invitation_sent ON survey_invitation (workspace_id, sent_at);
CREATE INDEX survey_invitation_answered ON survey_invitation (workspace_id, answered_at DESC, id DESC)
    WHERE answered_at IS NOT NULL;

-- Who leads a team looks after its surveys; an administrator may do everything already.
UPDATE role SET grants = grants || '[{"permission": "survey:manage", "scope": "all"}]'::jsonb
    WHERE system = 'lead' AND NOT grants @> '[{"permission": "survey:manage"}]'::jsonb;

SELECT yizhan_protect();
