-- What the desk measures about itself, kept so that any process can answer for all of them. Of no
-- workspace, like the counts of 0170: numbers, places in our code and names of ours, nothing of a tenant.

-- Good and all, added up by minute (kept three days) and by hour (kept 35 days).
CREATE TABLE health_slot (
    size    smallint NOT NULL,           -- seconds: 60 or 3600
    slot    timestamptz NOT NULL,
    measure text NOT NULL,
    good    bigint NOT NULL,
    total   bigint NOT NULL,
    worst   double precision,            -- seconds
    PRIMARY KEY (size, slot, measure)
);
-- What the installation promises itself; a measure without a row has its default.
CREATE TABLE health_objective (
    measure text PRIMARY KEY,
    target  double precision NOT NULL,   -- share between 0 and 1
    within  double precision NOT NULL    -- seconds; 0 where no time is measured
);
-- What our statements cost, by their place in the code.
CREATE TABLE statement (
    place   text PRIMARY KEY,
    text    text NOT NULL,
    seen_at timestamptz NOT NULL
);
CREATE TABLE statement_hour (
    slot    timestamptz NOT NULL,
    place   text NOT NULL,
    calls   bigint NOT NULL,
    seconds double precision NOT NULL,
    worst   double precision NOT NULL,
    PRIMARY KEY (slot, place)
);
-- The last lines of all processes' logs, without what was put into them; and how often what failed.
CREATE TABLE log_line (
    at      timestamptz NOT NULL,
    process text NOT NULL,
    line    jsonb NOT NULL
);
CREATE INDEX log_line_at ON log_line (at);
CREATE TABLE log_count (
    slot    timestamptz NOT NULL,
    event   text NOT NULL,
    error   text NOT NULL,               -- the type of the exception, or nothing
    count   bigint NOT NULL,
    PRIMARY KEY (slot, event, error)
);
GRANT SELECT, INSERT, UPDATE, DELETE
    ON health_slot, health_objective, statement, statement_hour, log_line, log_count TO yizhan_app;

-- What one process has counted since it last did this, all or nothing.
CREATE FUNCTION yizhan_health_write(found jsonb) RETURNS void LANGUAGE sql SET search_path = public AS $$
    INSERT INTO health_slot AS h (size, slot, measure, good, total, worst)
    SELECT z.size, to_timestamp(floor(s.at / z.size) * z.size), s.measure, sum(s.good), sum(s.total), max(s.worst)
    FROM jsonb_to_recordset(found->'slots') AS s (at double precision, measure text, good bigint, total bigint,
                                                  worst double precision)
    CROSS JOIN (VALUES (60::smallint), (3600::smallint)) AS z (size) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (size, slot, measure) DO UPDATE SET good = h.good + excluded.good,
        total = h.total + excluded.total, worst = greatest(h.worst, excluded.worst);

    INSERT INTO statement AS t (place, text, seen_at)
    SELECT s.place, s.text, now() FROM jsonb_to_recordset(found->'statements') AS s (place text, text text) ORDER BY 1
    ON CONFLICT (place) DO UPDATE SET text = excluded.text, seen_at = now()
    WHERE t.text <> excluded.text OR t.seen_at < now() - interval '1 day';

    INSERT INTO statement_hour AS h (slot, place, calls, seconds, worst)
    SELECT date_trunc('hour', now()), s.place, s.calls, s.seconds, s.worst
    FROM jsonb_to_recordset(found->'statements') AS s (place text, calls bigint, seconds double precision,
                                                       worst double precision) ORDER BY 2
    ON CONFLICT (slot, place) DO UPDATE SET calls = h.calls + excluded.calls,
        seconds = h.seconds + excluded.seconds, worst = greatest(h.worst, excluded.worst);

    INSERT INTO log_line (at, process, line)
    SELECT now(), found->>'process', l FROM jsonb_array_elements(found->'lines') AS l;

    INSERT INTO log_count AS c (slot, event, error, count)
    SELECT to_timestamp(n.hour * 3600), n.event, n.error, sum(n.count)
    FROM jsonb_to_recordset(found->'counts') AS n (hour bigint, event text, error text, count bigint)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (slot, event, error) DO UPDATE SET count = c.count + excluded.count;
$$;

CREATE FUNCTION yizhan_health_upkeep() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    DELETE FROM health_slot WHERE size = 60 AND slot < now() - interval '3 days';
    DELETE FROM health_slot WHERE size = 3600 AND slot < now() - interval '35 days';
    DELETE FROM statement_hour WHERE slot < now() - interval '3 days';
    DELETE FROM statement WHERE seen_at < now() - interval '35 days';
    DELETE FROM log_line WHERE at < now() - interval '7 days' OR at < (
        SELECT l.at FROM log_line l ORDER BY l.at DESC OFFSET 5000 LIMIT 1);
    DELETE FROM log_count WHERE slot < now() - interval '35 days';
$$;

-- Of messages that were due in a span of time: how many there were, and how many left within so many
-- seconds. Their ids grow with time: each workspace's part is read by the primary key.
CREATE FUNCTION yizhan_health_deliveries(first_id bigint, due_from timestamptz, due_until timestamptz, within double precision)
RETURNS TABLE (good bigint, total bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT count(*) FILTER (WHERE d.state IN ('sent', 'delivered', 'read')
                              AND d.done_at <= d.due + make_interval(secs => within)), count(*)
    FROM workspace w CROSS JOIN LATERAL (
        SELECT d.state, d.done_at, coalesce(m.undo_until, d.created_at) AS due
        FROM delivery d JOIN message m ON m.workspace_id = d.workspace_id AND m.id = d.message_id
        WHERE d.workspace_id = w.workspace_id AND d.message_id >= first_id AND d.state <> 'cancelled'
    ) d WHERE d.due >= due_from AND d.due < due_until
$$;

-- Mailboxes that are to be fetched: whether somebody fetches them now, and when it failed last.
CREATE FUNCTION yizhan_health_inboxes() RETURNS TABLE (
    workspace_id bigint, id bigint, channel text, active boolean, last_in_at timestamptz, last_out_at timestamptz,
    last_error text, last_error_at timestamptz, held boolean, created_at timestamptz, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT i.workspace_id, i.id, i.channel, i.active, i.last_in_at, i.last_out_at, i.last_error, i.last_error_at,
           coalesce(i.poller IS NOT NULL AND i.poller_until > now(), false), i.created_at,
           (SELECT count(*) FROM delivery d WHERE d.workspace_id = i.workspace_id AND d.inbox_id = i.id
               AND d.state IN ('queued', 'sending'))
    FROM inbox i ORDER BY i.workspace_id, i.id
$$;

CREATE FUNCTION yizhan_health_timers() RETURNS TABLE (kind text, waiting bigint, due bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT kind, count(*), count(*) FILTER (WHERE due_at <= now()), min(due_at) FROM timer GROUP BY kind ORDER BY kind
$$;

CREATE FUNCTION yizhan_health_readers() RETURNS TABLE (name text, workspaces bigint, failing bigint, behind bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.name, count(*), count(*) FILTER (WHERE c.failures > 0),
           count(*) FILTER (WHERE EXISTS (SELECT FROM event e WHERE e.workspace_id = c.workspace_id
               AND (e.xid, e.id) > (c.xid, c.id) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())))
    FROM consumer c GROUP BY c.name ORDER BY c.name
$$;

-- Transactions that hold back everything behind them; as the owner, who sees all that is ours.
CREATE FUNCTION yizhan_health_transactions() RETURNS TABLE (pid int, state text, seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT pid, coalesce(state, ''), extract(epoch FROM now() - xact_start)::double precision
    FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL
      AND pid <> pg_backend_pid() AND xact_start < now() - interval '60 seconds' ORDER BY xact_start
$$;

CREATE FUNCTION yizhan_health_migrations() RETURNS TABLE (number int, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT number, name FROM migration ORDER BY number $$;

SELECT yizhan_protect();
