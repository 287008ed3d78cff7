-- A key belongs to an operation too: the same text may be used for a ticket and for its answer.

ALTER TABLE idempotency ADD COLUMN operation text NOT NULL DEFAULT '';
ALTER TABLE idempotency DROP CONSTRAINT idempotency_pkey;
ALTER TABLE idempotency ADD PRIMARY KEY (workspace_id, actor, operation, key);

SELECT yizhan_protect();
