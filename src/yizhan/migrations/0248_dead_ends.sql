-- Sessions whose other end fell silent or was frozen. An open transaction holds back every reader of
-- the event log and the cleaning of dead rows, and its locks hold back everybody else.
-- These are settings of the database, so they bind whoever connects; on a Unix socket the last four
-- mean nothing and are ignored.
DO $$
DECLARE setting text;
BEGIN
  FOREACH setting IN ARRAY ARRAY[
    'idle_in_transaction_session_timeout = ''60s''',
    'tcp_keepalives_idle = 30',
    'tcp_keepalives_interval = 10',
    'tcp_keepalives_count = 3',
    'tcp_user_timeout = ''30s'''
  ] LOOP
    EXECUTE format('ALTER DATABASE %I SET %s', current_database(), setting);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'not the owner of the database: set idle_in_transaction_session_timeout yourself';
END $$;
