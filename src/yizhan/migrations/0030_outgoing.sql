-- Outgoing webhooks: order within a lane, leases, rotation of secrets, health. Presence that we set.

ALTER TABLE webhook
    ADD COLUMN previous_secret bytea,           -- encrypted; signs too until previous_until
    ADD COLUMN previous_until  timestamptz,
    ADD COLUMN failing_since   timestamptz,     -- first attempt that failed since the last good one
    ADD COLUMN failed_at       timestamptz;     -- a delivery was given up since the last good one

-- `position` is the order of the log: the reader that writes the rows runs alone in a workspace,
-- and unlike an id a sequence does not depend on the clock of the machine that it runs on.
ALTER TABLE webhook_delivery
    ADD COLUMN position     bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN lane         bigint NOT NULL DEFAULT 0,   -- the ticket; 0: events without one
    ADD COLUMN leased_until timestamptz;
DROP INDEX webhook_delivery_open;
CREATE INDEX webhook_delivery_open ON webhook_delivery (workspace_id, webhook_id, lane, position) WHERE state = 'pending';

ALTER TABLE agent_presence
    ADD COLUMN automatic boolean NOT NULL DEFAULT false; -- away because the connection was lost, not by choice

SELECT yizhan_protect();
