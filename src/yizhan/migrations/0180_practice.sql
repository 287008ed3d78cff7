-- Exercises of agents: which tickets they are, and where their customer's script stands. A row stays when its
-- ticket is removed: whoever reads the log later must know that nothing of it counts.
CREATE TABLE practice (
    workspace_id    bigint NOT NULL,
    ticket_id       bigint NOT NULL,
    conversation_id bigint NOT NULL,
    contact_id      bigint NOT NULL,
    agent_id        bigint NOT NULL,
    scene           text NOT NULL,
    locale          text NOT NULL,            -- of the script: zh-CN | en
    step            int NOT NULL DEFAULT 0,   -- how often the customer has answered
    done            boolean NOT NULL DEFAULT false,
    started_at      timestamptz NOT NULL,
    removed_at      timestamptz,
    PRIMARY KEY (workspace_id, ticket_id)
);
-- One exercise of a scene at a time; also finds all of an agent.
CREATE UNIQUE INDEX practice_own ON practice (workspace_id, agent_id, scene) WHERE removed_at IS NULL;

SELECT yizhan_protect();
