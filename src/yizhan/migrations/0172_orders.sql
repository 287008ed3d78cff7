-- Lists in the order of a moment that many tickets do not have: first those that have it, by an index of these
-- alone, then the others by age. The former indexes held a stand-in for each ticket without the moment.

DROP INDEX ticket_longest;
DROP INDEX ticket_done;
DROP INDEX ticket_heard;
DROP INDEX ticket_snoozed;
DROP INDEX sla_ticket_order;
CREATE INDEX ticket_longest ON ticket (workspace_id, waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX ticket_done ON ticket (workspace_id, resolved_at, id) WHERE resolved_at IS NOT NULL;
CREATE INDEX ticket_heard ON ticket (workspace_id, last_customer_at, id) WHERE last_customer_at IS NOT NULL;
CREATE INDEX ticket_snoozed ON ticket (workspace_id, snoozed_until, id) WHERE snoozed_until IS NOT NULL;
CREATE INDEX sla_ticket_order ON sla_ticket (workspace_id, due_at, ticket_id) WHERE due_at IS NOT NULL;
CREATE INDEX ticket_active_age ON ticket (workspace_id, id) WHERE status_category IN ('new', 'open', 'waiting');

SELECT yizhan_protect();
