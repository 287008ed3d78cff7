-- Items of a checklist that must be done before a ticket is resolved, and those that are approvals.

ALTER TABLE checklist_item ADD COLUMN needed boolean NOT NULL DEFAULT false;
ALTER TABLE checklist_item ADD COLUMN created_by bigint;

CREATE TABLE approval (
    workspace_id bigint NOT NULL,
    item_id      bigint NOT NULL,
    agent_ids    bigint[] NOT NULL,         -- who was named; with the team and the role who was meant
    team_id      bigint,
    role_id      bigint,
    everybody    boolean NOT NULL,          -- each of them, not whoever is first
    state        text NOT NULL,             -- waiting | approved | declined
    round        int NOT NULL,
    asked_by     bigint,
    asked_at     timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, item_id)
);

-- Who was really asked, at the time of asking: later members of a team were not.
CREATE TABLE approval_answer (
    workspace_id bigint NOT NULL,
    item_id      bigint NOT NULL,
    round        int NOT NULL,
    agent_id     bigint NOT NULL,
    state        text NOT NULL,             -- waiting | approved | declined
    comment      text NOT NULL DEFAULT '',
    answered_at  timestamptz,
    PRIMARY KEY (workspace_id, item_id, round, agent_id)
);
CREATE INDEX approval_answer_waiting ON approval_answer (workspace_id, agent_id) WHERE state = 'waiting';

SELECT yizhan_protect();
