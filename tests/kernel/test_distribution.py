"""The schema can be spread over machines by workspace: each key and index begins with it.

What is not of a tenant, or is looked up before there is one, stands here with its reason; with
tables spread over machines, these stay on the one that all ask first.
"""

from __future__ import annotations

import asyncpg

# Tables of the installation itself: small, without a tenant, kept in one place.
OF_THE_INSTALLATION = {
    "archive_state": "how far the log of the embedded database was copied",
    "backup_log": "when it was backed up, and where to",
    "health_objective": "what the installation promises",
    "health_slot": "how it kept that, by minute",
    "installation_key": "keys of its own, for push messages",
    "log_count": "lines of its log, counted",
    "log_line": "lines of its log",
    "login_failure": "counted before anybody is known",
    "migration": "what was done to the schema",
    "node_lease": "numbers of processes, for ids",
    "pgqueuer": "one queue for all workers; the workspace is in the payload",
    "pgqueuer_log": "the queue's library",
    "pgqueuer_schedules": "the queue's library",
    "pgqueuer_statistics": "the queue's library",
    "rate_window": "counted before anybody is known",
    "statement": "what slows the database",
    "statement_hour": "what slows the database, by hour",
}
# Of tenants' tables: how a stranger's request finds its workspace, and what sweeps across all.
FIRST_QUESTIONS = {
    "agent_login": "an address at sign-in, before there is a workspace",
    "api_token_hash": "a token names its workspace",
    "idempotency_age": "upkeep forgets old keys of all workspaces at once",
    "inbox_key": "the public key in a webhook's or a form's address",
    "portal_slug": "the name in a help centre's address",
    "push_device_endpoint": "a browser belongs to one person, whatever the workspace",
    "session_token": "a cookie names its workspace",
    "timer_due": "what is due next, in whatever workspace",
    "workspace_slug_key": "a workspace by its name at sign-in",
}

_INDEXES = """
SELECT t.relname AS of, i.relname AS name FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
LEFT JOIN pg_attribute first ON first.attrelid = t.oid AND first.attnum = x.indkey[0]
WHERE t.relnamespace = 'public'::regnamespace AND first.attname IS DISTINCT FROM 'workspace_id'
"""
_WITHOUT = """
SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'workspace_id' AND NOT attisdropped)
"""
_WITHOUT_KEY = """
SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisprimary)
"""
_REFERENCES = """
SELECT conname, pg_get_constraintdef(oid) AS says FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace
AND pg_get_constraintdef(oid) NOT LIKE 'FOREIGN KEY (workspace_id%REFERENCES %(workspace_id%'
"""


async def test_each_key_and_index_begins_with_the_workspace(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        indexes = await connection.fetch(_INDEXES)
        without = {row["relname"] for row in await connection.fetch(_WITHOUT)}
        keyless = {row["relname"] for row in await connection.fetch(_WITHOUT_KEY)}
        references = await connection.fetch(_REFERENCES)
    finally:
        await connection.close()
    assert without == set(OF_THE_INSTALLATION), "a table of a tenant carries its workspace"
    odd = {row["name"] for row in indexes if row["of"] not in OF_THE_INSTALLATION}
    assert odd == set(FIRST_QUESTIONS), "a key or index begins with the workspace"
    assert keyless <= set(OF_THE_INSTALLATION), "a table of a tenant has a primary key"
    assert not references, "a reference stays within its workspace"
