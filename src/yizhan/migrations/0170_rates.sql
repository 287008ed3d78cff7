-- How often those without a sign-in asked lately, counted by all web processes together. Not logged:
-- after a crash of the database everybody begins anew. Of no workspace: the key is a hash of who asks
-- for what. Two windows of time are kept for a key; the one before counts by the share of it that is
-- still near, so that nobody has twice the allowance around a full minute or hour.

CREATE UNLOGGED TABLE rate_window (
    key     bytea PRIMARY KEY,
    slot    bigint NOT NULL,             -- windows since 1970
    taken   integer NOT NULL,
    before  integer NOT NULL,            -- in the window before this one
    ends_at timestamptz NOT NULL         -- says nothing from then on
);
CREATE INDEX rate_window_end ON rate_window (ends_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_window TO yizhan_app;

-- Counts one and gives 0, or counts nothing and gives the seconds until there is room.
CREATE FUNCTION yizhan_take(asked bytea, most integer, seconds integer) RETURNS double precision
LANGUAGE plpgsql AS $$
DECLARE
    moment double precision := extract(epoch FROM clock_timestamp()) / seconds;
    here   bigint := floor(moment);
    share  double precision := 1 - (moment - floor(moment));
    had    rate_window;
    wait   double precision;
BEGIN
    IF random() < 0.002 THEN
        DELETE FROM rate_window WHERE ends_at < now();
    END IF;
    INSERT INTO rate_window AS old (key, slot, taken, before, ends_at)
    VALUES (asked, here, 1, 0, to_timestamp((here + 2) * seconds))
    ON CONFLICT (key) DO UPDATE SET
        slot = greatest(old.slot, here),
        taken = 1 + CASE WHEN old.slot >= here THEN old.taken ELSE 0 END,
        before = CASE WHEN old.slot >= here THEN old.before
                      WHEN old.slot = here - 1 THEN old.taken ELSE 0 END,
        ends_at = greatest(old.ends_at, excluded.ends_at)
    WHERE most >= 1 + CASE WHEN old.slot >= here THEN old.taken + old.before * share
                           WHEN old.slot = here - 1 THEN old.taken * share ELSE 0 END
    RETURNING * INTO had;
    IF had.key IS NOT NULL THEN
        RETURN 0;
    END IF;
    SELECT * INTO had FROM rate_window WHERE key = asked;
    IF had.slot < here THEN            -- only what the window before has left stands in the way
        had.before := had.taken;
        had.taken := 0;
    END IF;
    IF had.taken >= most THEN          -- until so little of this window is near
        wait := share + 1 - (most - 1)::double precision / had.taken;
    ELSE
        wait := share - (most - 1 - had.taken)::double precision / greatest(had.before, 1);
    END IF;
    RETURN greatest(wait * seconds, 0.001);
END $$;

SELECT yizhan_protect();
