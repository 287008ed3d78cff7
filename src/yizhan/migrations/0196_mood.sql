-- The customer's mood with the ticket itself: lists show it without asking anywhere else.
ALTER TABLE ticket ADD COLUMN mood text;     -- negative | grave; null: nothing to be said

-- What was written before messages were read is history: nobody is told of it now.
INSERT INTO consumer (workspace_id, name, xid, id)
SELECT w.workspace_id, 'understanding', e.xid, e.id FROM workspace w
CROSS JOIN LATERAL (SELECT xid, id FROM event WHERE workspace_id = w.workspace_id
    ORDER BY xid DESC, id DESC LIMIT 1) e
ON CONFLICT DO NOTHING;
