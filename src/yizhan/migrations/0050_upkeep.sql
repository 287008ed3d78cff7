-- What only has to be kept for a while.

CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE FUNCTION yizhan_upkeep() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    DELETE FROM idempotency WHERE created_at < now() - interval '24 hours';
    DELETE FROM session WHERE expires_at < now() - interval '30 days';
    DELETE FROM login_failure WHERE at < now() - interval '2 days';
    DELETE FROM pgqueuer_log WHERE created < now() - interval '3 days';
    DELETE FROM pgqueuer_statistics WHERE created < now() - interval '30 days';
$$;

SELECT yizhan_protect();
