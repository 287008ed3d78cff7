"""Sessions of browsers: begun by signing in, ended one by one or together."""

from __future__ import annotations

from yizhan.domains.identity import events
from yizhan.domains.identity.repository import access
from yizhan.domains.identity.service import authentication, oneself
from yizhan.domains.identity.types import Session
from yizhan.kernel import crypto
from yizhan.kernel.errors import NotFound
from yizhan.kernel.tx import Tx

_LONGEST_AGENT_NAME = 300


async def start(
    tx: Tx, *, agent_id: int, ip: str, user_agent: str, second_factor: str | None
) -> str:
    """Begin a session with a fresh secret. Returns what goes into the cookie."""
    cookie = crypto.token()
    session_id = tx.new_id()
    await access.delete_expired_sessions(tx, agent_id)
    await access.add_session(
        tx,
        session_id=session_id,
        agent_id=agent_id,
        token_hash=crypto.digest(cookie),
        ip=ip,
        user_agent=user_agent[:_LONGEST_AGENT_NAME],
        expires_at=tx.now + authentication.IDLE,
    )
    tx.emit(
        events.SessionStarted(session_id=session_id, agent_id=agent_id, second_factor=second_factor)
    )
    return cookie


async def end(
    tx: Tx, agent_id: int, *, reason: str, only: int | None = None, but: int | None = None
) -> int:
    """End an agent's sessions: all, one, or all but one. Returns how many."""
    ended = await access.end_sessions(tx, agent_id, only=only, but=but)
    for session_id in ended:
        tx.emit(events.SessionEnded(session_id=session_id, agent_id=agent_id, reason=reason))
    if ended:
        authentication.forget_after(tx)
    return len(ended)


async def listed(tx: Tx) -> list[Session]:
    """The sessions of the one who asks."""
    return await access.sessions(tx, oneself.agent_id(tx))


async def sign_out(tx: Tx) -> None:
    await end(tx, oneself.agent_id(tx), reason="signed_out", only=tx.actor.session_id)


async def revoke(tx: Tx, session_id: int) -> None:
    """End one of one's own sessions. Errors: NotFound, also for somebody else's."""
    if not await end(tx, oneself.agent_id(tx), reason="revoked", only=session_id):
        raise NotFound


async def revoke_others(tx: Tx) -> None:
    """End all of one's own sessions but this one."""
    await end(tx, oneself.agent_id(tx), reason="revoked", but=tx.actor.session_id)


async def replace(tx: Tx, agent_id: int, *, cookie: str) -> None:
    """End the session that a browser brought along to a new sign-in, if it is this agent's."""
    session_id = await access.session_by_hash(tx, agent_id, token_hash=crypto.digest(cookie))
    if session_id is not None:
        await end(tx, agent_id, reason="replaced", only=session_id)
