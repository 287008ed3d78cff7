-- A list in the order of a moment begins with those that have it. Done tickets do not wait, and open ones are
-- not resolved: two indexes that hold next to nothing say so at once, instead of a walk over all that have
-- the moment to find none of the view.

CREATE INDEX ticket_longest_done ON ticket (workspace_id, waiting_since, id)
    WHERE waiting_since IS NOT NULL AND status_category IN ('resolved', 'closed');
CREATE INDEX ticket_done_active ON ticket (workspace_id, resolved_at, id)
    WHERE resolved_at IS NOT NULL AND status_category IN ('new', 'open', 'waiting');
