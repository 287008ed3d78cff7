-- Tickets in a mood that somebody should look after are few: a view of them is a walk along these alone.
CREATE INDEX ticket_mood ON ticket (workspace_id, updated_at DESC, id DESC) WHERE mood IS NOT NULL;
