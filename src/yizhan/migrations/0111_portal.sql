-- The customers' own pages: one place a brand, links that sign in once, sessions apart from agents'.

CREATE TABLE portal (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,           -- the brand's
    slug         text NOT NULL,             -- in addresses; unique in the installation
    active       boolean NOT NULL DEFAULT false,
    titles       jsonb NOT NULL DEFAULT '{}',   -- locale -> text
    intros       jsonb NOT NULL DEFAULT '{}',
    locales      text[] NOT NULL DEFAULT '{zh-CN,en}',   -- the first is for everybody else
    new_tickets  boolean NOT NULL DEFAULT true,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX portal_slug ON portal (slug);

CREATE TABLE portal_link (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    brand_id     bigint NOT NULL,
    address      text NOT NULL,
    locale       text NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    sent_at      timestamptz,
    PRIMARY KEY (workspace_id, id)
);
-- A link's token is its number with a keyed signature; it is kept nowhere.
CREATE INDEX portal_link_address ON portal_link (workspace_id, address, created_at);
CREATE INDEX portal_link_recent ON portal_link (workspace_id, created_at);

CREATE TABLE portal_session (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    contact_id   bigint NOT NULL,
    brand_id     bigint NOT NULL,
    token_hash   bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX portal_session_token ON portal_session (workspace_id, token_hash);
CREATE INDEX portal_session_contact ON portal_session (workspace_id, contact_id);

-- Who sees the tickets of the whole company.
CREATE TABLE portal_role (
    workspace_id    bigint NOT NULL,
    contact_id      bigint NOT NULL,
    company_tickets boolean NOT NULL,
    PRIMARY KEY (workspace_id, contact_id)
);

CREATE FUNCTION yizhan_portal(wanted text) RETURNS TABLE (workspace_id bigint, id bigint, active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT workspace_id, id, active FROM portal WHERE slug = wanted $$;

-- What became of an article beside a ticket: each step once for an agent and a ticket.
CREATE TABLE article_use (
    workspace_id bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    article_id   bigint NOT NULL,
    agent_id     bigint NOT NULL,
    step         text NOT NULL,             -- shown | opened | inserted | sent
    form         text NOT NULL DEFAULT '',  -- of an inserted one: link | text
    locale       text NOT NULL DEFAULT '',
    message_id   bigint,                    -- of a sent one
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, ticket_id, article_id, agent_id, step)
);
CREATE INDEX article_use_at ON article_use (workspace_id, at);
CREATE INDEX article_use_message ON article_use (workspace_id, message_id) WHERE message_id IS NOT NULL;

SELECT yizhan_protect();
