-- Read from the index alone: a year by agent is as many entries as rows, and each cost a look into the table,
-- which took longer than sorting the facts. The table was made by a migration just before and is small.
ALTER TABLE report_spread_by DROP CONSTRAINT report_spread_by_pkey;
ALTER TABLE report_spread_by ADD PRIMARY KEY (workspace_id, dimension, kind, key, day, low) INCLUDE (n);
