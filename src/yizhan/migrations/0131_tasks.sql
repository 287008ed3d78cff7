-- Work on tickets: time, checklists with their templates, reminders.

CREATE TABLE time_entry (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    agent_id     bigint NOT NULL,
    source       text NOT NULL,              -- timer | manual
    started_at   timestamptz NOT NULL,
    seconds      int,                        -- null: still running
    note         text NOT NULL DEFAULT '',
    billable     boolean NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX time_entry_ticket ON time_entry (workspace_id, ticket_id, started_at);
CREATE INDEX time_entry_agent ON time_entry (workspace_id, agent_id, started_at);
-- Nobody does two things at once.
CREATE UNIQUE INDEX time_entry_running ON time_entry (workspace_id, agent_id) WHERE seconds IS NULL;

CREATE TABLE checklist_item (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    position     int NOT NULL,
    text         text NOT NULL,
    agent_id     bigint,                     -- who shall do it
    due_at       timestamptz,
    rung_at      timestamptz,                -- when its due time was told
    done_at      timestamptz,
    done_by      bigint,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX checklist_item_ticket ON checklist_item (workspace_id, ticket_id, position);

CREATE TABLE checklist_template (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    name         text NOT NULL,
    items        jsonb NOT NULL,             -- [{text, due_minutes}]
    version      int NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE reminder (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    agent_id     bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    at           timestamptz NOT NULL,
    note         text NOT NULL DEFAULT '',
    rung_at      timestamptz,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX reminder_waiting ON reminder (workspace_id, agent_id, ticket_id, at) WHERE rung_at IS NULL;

-- The built-in roles learn of it; an administrator may do everything already.
UPDATE role SET grants = grants || '[{"permission": "time:track", "scope": "all"}]'::jsonb
    WHERE system IN ('lead', 'agent') AND NOT grants @> '[{"permission": "time:track"}]'::jsonb;
UPDATE role SET grants = grants || '[{"permission": "time:manage", "scope": "all"}, {"permission": "checklist:manage", "scope": "all"}]'::jsonb
    WHERE system = 'lead' AND NOT grants @> '[{"permission": "time:manage"}]'::jsonb;

SELECT yizhan_protect();
