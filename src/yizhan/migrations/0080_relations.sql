-- Merge, split, link: how tickets belong together, and what takes each of these back.

-- A ticket whose conversations went to another: closed, and a pointer to where everything is.
ALTER TABLE ticket ADD COLUMN merged_into bigint;
CREATE INDEX ticket_merged ON ticket (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
-- What a conversation was split from: the customer's own side of a channel's thread stays one.
CREATE INDEX conversation_split ON conversation (workspace_id, (meta->>'split_from')) WHERE meta ? 'split_from';

-- from_id is the parent, the problem, the original of a duplicate, the ticket that was split; of two
-- related ones the smaller id.
CREATE TABLE ticket_link (
    workspace_id bigint NOT NULL,
    kind         text NOT NULL,             -- related | duplicate | split | parent | problem
    from_id      bigint NOT NULL,
    to_id        bigint NOT NULL,
    created_by   jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, kind, from_id, to_id)
);
CREATE INDEX ticket_link_from ON ticket_link (workspace_id, from_id);
CREATE INDEX ticket_link_to ON ticket_link (workspace_id, to_id);
CREATE UNIQUE INDEX ticket_link_one ON ticket_link (workspace_id, kind, to_id) WHERE kind IN ('parent', 'problem', 'split');

CREATE TABLE ticket_operation (
    workspace_id bigint NOT NULL,
    id           bigint NOT NULL,
    kind         text NOT NULL,             -- merge | split | link | unlink | answer
    ticket_id    bigint NOT NULL,           -- where it was done
    other_id     bigint,                    -- the target of a merge, the new ticket of a split, the linked one
    undo         jsonb NOT NULL,            -- exactly what is needed to take it back
    actor        jsonb NOT NULL,
    at           timestamptz NOT NULL,
    undone_at    timestamptz,
    undone_by    jsonb,
    left_alone   jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX ticket_operation_ticket ON ticket_operation (workspace_id, ticket_id, id);
CREATE INDEX ticket_operation_other ON ticket_operation (workspace_id, other_id, id) WHERE other_id IS NOT NULL;

SELECT yizhan_protect();
