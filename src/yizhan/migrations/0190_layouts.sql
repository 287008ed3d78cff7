-- Layouts: what an agent sees of a ticket, in which order, by role, type and channel. Every save is a version.

CREATE TABLE layout (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    place        text NOT NULL,             -- panel | new
    position     int NOT NULL,
    active       boolean NOT NULL DEFAULT true,
    version      int NOT NULL,              -- the newest that was saved
    published    int,                       -- the one that holds
    draft        jsonb NOT NULL,            -- what the newest says
    live         jsonb,                     -- what the published one says
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE layout_version (
    workspace_id  bigint NOT NULL,
    layout_id     bigint NOT NULL,
    version       int NOT NULL,
    content       jsonb NOT NULL,
    actor         jsonb NOT NULL,
    at            timestamptz NOT NULL,
    published_at  timestamptz,              -- the last time
    restored_from int,
    PRIMARY KEY (workspace_id, layout_id, version)
);

-- Whose own screens show a draft.
CREATE TABLE layout_trial (
    workspace_id bigint NOT NULL,
    agent_id     bigint NOT NULL,
    layout_id    bigint NOT NULL,
    PRIMARY KEY (workspace_id, agent_id)
);

SELECT yizhan_protect();
