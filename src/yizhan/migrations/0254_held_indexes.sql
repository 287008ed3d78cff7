-- What is held since a restore, found without reading what was ever sent.
-- concurrently
CREATE INDEX CONCURRENTLY delivery_held ON delivery (workspace_id, message_id) WHERE state = 'held';
CREATE INDEX CONCURRENTLY webhook_delivery_held ON webhook_delivery (workspace_id, position) WHERE state = 'held';
