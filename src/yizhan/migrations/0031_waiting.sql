-- Tickets that wait for an agent, by team, the longest wait first: what round robin gives out.
CREATE INDEX ticket_waiting ON ticket (workspace_id, team_id, (coalesce(waiting_since, created_at)), id)
    WHERE assignee_id IS NULL AND team_id IS NOT NULL AND snoozed_until IS NULL
      AND status_category IN ('new', 'open');

SELECT yizhan_protect();
