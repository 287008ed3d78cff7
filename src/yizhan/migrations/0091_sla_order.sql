-- Lists in the order of due times; tickets without one come last.
CREATE INDEX sla_ticket_order ON sla_ticket
    (workspace_id, (coalesce(due_at, timestamptz '9999-12-31 00:00:00+00')), ticket_id);

SELECT yizhan_protect();
