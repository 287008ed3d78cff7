"""Rows of passwords, second factors, sessions, tokens, and failed sign-ins."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from yizhan.domains.identity.types import Session, Token
from yizhan.kernel.tx import Tx

_SESSION = """
SELECT id, agent_id, ip, user_agent, created_at, last_seen_at, expires_at
FROM session WHERE workspace_id = $1 AND agent_id = $2 AND expires_at > now()
ORDER BY last_seen_at DESC, id DESC
"""
_ADD_SESSION = """
INSERT INTO session (workspace_id, id, agent_id, token_hash, ip, user_agent, created_at,
                     last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)
"""
# $3: only this one; $4: all but this one.
_END_SESSIONS = """
DELETE FROM session WHERE workspace_id = $1 AND agent_id = $2
  AND ($3::bigint IS NULL OR id = $3) AND ($4::bigint IS NULL OR id <> $4)
RETURNING id
"""
_KEYS = """
SELECT id, agent_id, parent_id, name, prefix, scopes, created_by, created_at, expires_at,
       last_used_at
FROM api_token WHERE workspace_id = $1 AND revoked_at IS NULL
"""
_ADD_KEY = """
INSERT INTO api_token (workspace_id, id, agent_id, parent_id, name, token_hash, prefix, scopes,
                       created_by, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
# A token ends together with all that it made, and what those made.
_REVOKE = """
WITH RECURSIVE family AS (
    SELECT id FROM api_token WHERE workspace_id = $1 AND id = $2
    UNION SELECT t.id FROM api_token t JOIN family f ON t.parent_id = f.id WHERE t.workspace_id = $1
)
UPDATE api_token SET revoked_at = $3
WHERE workspace_id = $1 AND revoked_at IS NULL AND id IN (SELECT id FROM family)
RETURNING id, agent_id
"""


class Secrets(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent signs in with."""

    email: str
    password_hash: str | None
    totp_secret: bytes | None
    totp_enabled: bool


async def last_seen(tx: Tx) -> dict[int, datetime]:
    """When a session of each agent was last used."""
    rows = await tx.db.fetch(
        "SELECT agent_id, max(last_seen_at) AS at FROM session WHERE workspace_id = $1"
        " GROUP BY agent_id",
        tx.workspace_id,
    )
    return {row["agent_id"]: row["at"] for row in rows}


async def secrets(tx: Tx, agent_id: int) -> Secrets | None:
    return await tx.db.fetchrow_as(
        Secrets,
        "SELECT email, password_hash, totp_secret, totp_enabled FROM agent"
        " WHERE workspace_id = $1 AND id = $2 AND active",
        tx.workspace_id,
        agent_id,
    )


async def set_password(tx: Tx, agent_id: int, *, password_hash: str) -> None:
    await tx.db.execute(
        "UPDATE agent SET password_hash = $3 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        agent_id,
        password_hash,
    )


async def set_totp(
    tx: Tx, agent_id: int, *, secret: bytes | None, enabled: bool, recovery: list[str]
) -> None:
    await tx.db.execute(
        "UPDATE agent SET totp_secret = $3, totp_enabled = $4, recovery = $5"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        agent_id,
        secret,
        enabled,
        recovery,
    )


async def use_step(tx: Tx, agent_id: int, *, step: int) -> bool:
    """Burn a time step. False when it, or a later one, was used already."""
    used = await tx.db.fetchval(
        "UPDATE agent SET totp_last = $3 WHERE workspace_id = $1 AND id = $2 AND totp_last < $3"
        " RETURNING id",
        tx.workspace_id,
        agent_id,
        step,
    )
    return used is not None


async def use_recovery(tx: Tx, agent_id: int, *, code_hash: str) -> bool:
    """Burn a recovery code. False when there is no such code (any more)."""
    used = await tx.db.fetchval(
        "UPDATE agent SET recovery = array_remove(recovery, $3)"
        " WHERE workspace_id = $1 AND id = $2 AND $3 = ANY(recovery) RETURNING id",
        tx.workspace_id,
        agent_id,
        code_hash,
    )
    return used is not None


async def sessions(tx: Tx, agent_id: int) -> list[Session]:
    return await tx.db.fetch_as(Session, _SESSION, tx.workspace_id, agent_id)


async def add_session(
    tx: Tx,
    *,
    session_id: int,
    agent_id: int,
    token_hash: bytes,
    ip: str,
    user_agent: str,
    expires_at: datetime,
) -> None:
    await tx.db.execute(
        _ADD_SESSION,
        tx.workspace_id,
        session_id,
        agent_id,
        token_hash,
        ip,
        user_agent,
        tx.now,
        expires_at,
    )


async def end_sessions(
    tx: Tx, agent_id: int, *, only: int | None = None, but: int | None = None
) -> list[int]:
    """Delete sessions and return their ids."""
    rows = await tx.db.fetch(_END_SESSIONS, tx.workspace_id, agent_id, only, but)
    return [row["id"] for row in rows]


async def delete_expired_sessions(tx: Tx, agent_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM session WHERE workspace_id = $1 AND agent_id = $2 AND expires_at <= now()",
        tx.workspace_id,
        agent_id,
    )


async def tokens(tx: Tx, *, agent_id: int | None) -> list[Token]:
    """Tokens that were not revoked; of one agent, or of the whole workspace."""
    return await tx.db.fetch_as(
        Token,
        f"{_KEYS} AND ($2::bigint IS NULL OR agent_id = $2) ORDER BY id DESC",
        tx.workspace_id,
        agent_id,
    )


async def token(tx: Tx, token_id: int) -> Token | None:
    return await tx.db.fetchrow_as(Token, f"{_KEYS} AND id = $2", tx.workspace_id, token_id)


async def add_token(tx: Tx, new: Token, *, token_hash: bytes) -> None:
    await tx.db.execute(
        _ADD_KEY,
        tx.workspace_id,
        new.id,
        new.agent_id,
        new.parent_id,
        new.name,
        token_hash,
        new.prefix,
        new.scopes,
        new.created_by,
        new.created_at,
        new.expires_at,
    )


async def revoke_token(tx: Tx, token_id: int) -> list[tuple[int, int | None]]:
    """Revoke a token and all that it made. Returns ids with the agent behind each."""
    rows = await tx.db.fetch(_REVOKE, tx.workspace_id, token_id, tx.now)
    return [(row["id"], row["agent_id"]) for row in rows]


async def revoke_tokens_of(tx: Tx, agent_id: int) -> list[tuple[int, int | None]]:
    rows = await tx.db.fetch(
        "UPDATE api_token SET revoked_at = $3 WHERE workspace_id = $1 AND agent_id = $2"
        " AND revoked_at IS NULL RETURNING id, agent_id",
        tx.workspace_id,
        agent_id,
        tx.now,
    )
    return [(row["id"], row["agent_id"]) for row in rows]


async def lock_attempts(tx: Tx, key: bytes) -> None:
    """One sign-in at a time is counted for a key; the password is checked outside of this lock."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock($1)", int.from_bytes(key[:8], "big", signed=True)
    )


async def failures(tx: Tx, key: bytes, *, window: timedelta) -> tuple[int, datetime | None]:
    """How many failures there were lately, and when the last one was."""
    row = await tx.db.fetchrow(
        "SELECT count(*) AS n, max(at) AS last FROM login_failure WHERE key = $1 AND at > $2",
        key,
        tx.now - window,
    )
    return (0, None) if row is None else (row["n"], row["last"])


async def add_failure(tx: Tx, key: bytes) -> None:
    await tx.db.execute("INSERT INTO login_failure (key, at) VALUES ($1, $2)", key, tx.now)


async def prune_failures(tx: Tx, *, before: datetime) -> None:
    await tx.db.execute("DELETE FROM login_failure WHERE at < $1", before)


async def delete_failures(
    tx: Tx, key: bytes, *, at: datetime | None = None, before: datetime | None = None
) -> None:
    """Forget a key's failures: all, the one at a moment, or the old ones."""
    await tx.db.execute(
        "DELETE FROM login_failure WHERE key = $1 AND ($2::timestamptz IS NULL OR at = $2)"
        " AND ($3::timestamptz IS NULL OR at < $3)",
        key,
        at,
        before,
    )


async def session_by_hash(tx: Tx, agent_id: int, *, token_hash: bytes) -> int | None:
    found: int | None = await tx.db.fetchval(
        "SELECT id FROM session WHERE workspace_id = $1 AND agent_id = $2 AND token_hash = $3",
        tx.workspace_id,
        agent_id,
        token_hash,
    )
    return found
