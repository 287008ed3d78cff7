-- Who writes: people, companies, and the identities by which channels know them.

CREATE TABLE company (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    domains      text[] NOT NULL DEFAULT '{}',
    note         text NOT NULL DEFAULT '',
    fields       jsonb NOT NULL DEFAULT '{}',
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE contact (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL DEFAULT '',
    company_id   bigint,
    locale       text,
    time_zone    text,
    note         text NOT NULL DEFAULT '',
    tags         text[] NOT NULL DEFAULT '{}',
    vip          boolean NOT NULL DEFAULT false,
    blocked      boolean NOT NULL DEFAULT false,
    avatar_file_id bigint,
    fields       jsonb NOT NULL DEFAULT '{}',
    merged_into  bigint,                    -- a merge is a link, never a deletion
    version      int NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX contact_recent ON contact (workspace_id, updated_at DESC, id DESC) WHERE merged_into IS NULL;
CREATE INDEX contact_company ON contact (workspace_id, company_id) WHERE company_id IS NOT NULL;

-- kind + scope + value is one identity of one contact. Strength: 0 hint, 1 claimed, 2 known, 3 proven.
CREATE TABLE identity (
    workspace_id  bigint NOT NULL,
    id            bigint NOT NULL,
    contact_id    bigint NOT NULL,
    kind          text NOT NULL,
    scope         text NOT NULL DEFAULT '',
    value         text NOT NULL,            -- normalised
    display       text NOT NULL DEFAULT '', -- as it was written
    strength      int NOT NULL,
    verified      boolean NOT NULL DEFAULT false,
    shared        boolean NOT NULL DEFAULT false,  -- a role mailbox, a family's number: never joins people
    source        text NOT NULL DEFAULT '',
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);
-- Several people may claim the same address, only one may hold it: proven and known identities are unique.
CREATE UNIQUE INDEX identity_held ON identity (workspace_id, kind, scope, value) WHERE strength >= 2;
CREATE UNIQUE INDEX identity_of_contact ON identity (workspace_id, contact_id, kind, scope, value);
CREATE INDEX identity_value ON identity (workspace_id, kind, scope, value);
CREATE INDEX identity_contact ON identity (workspace_id, contact_id);

CREATE TABLE contact_merge (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    winner_id    bigint NOT NULL,
    loser_id     bigint NOT NULL,
    undo         jsonb NOT NULL,            -- everything that was re-pointed
    merged_by    jsonb NOT NULL,
    merged_at    timestamptz NOT NULL DEFAULT now(),
    undone_at    timestamptz,
    PRIMARY KEY (workspace_id, id)
);

SELECT yizhan_protect();
