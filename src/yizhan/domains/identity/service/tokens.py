"""API tokens: shown once, kept as a hash, never stronger than who made them."""

from __future__ import annotations

from datetime import datetime

from yizhan.domains.identity import errors, events, permissions, schemas
from yizhan.domains.identity.repository import access
from yizhan.domains.identity.service import authentication
from yizhan.domains.identity.types import ANY, Token
from yizhan.kernel import crypto
from yizhan.kernel.errors import NotFound
from yizhan.kernel.tx import Tx

_PREFIX_LENGTH = 11


async def listed(tx: Tx) -> list[Token]:
    """All of the workspace for who manages tokens, else one's own."""
    if permissions.can(tx.actor, "token:manage"):
        return await access.tokens(tx, agent_id=None)
    if tx.actor.kind != "agent":
        permissions.require(tx.actor, "token:manage")
    return await access.tokens(tx, agent_id=tx.actor.agent_id)


async def create(tx: Tx, new: schemas.TokenIn) -> tuple[Token, str]:
    """Make a token for the agent behind the actor. Returns it with its text, shown once.

    One that a token makes belongs to it: it has at most its scopes and its life.
    Errors: ExceedsOwnRights, InvalidValue.
    """
    permissions.require(tx.actor, "token:manage")
    scopes = _scopes(new.scopes)
    _require_held(tx, scopes)
    expires_at = new.expires_at
    if expires_at is not None and (expires_at.tzinfo is None or expires_at <= tx.now):
        raise errors.InvalidValue("expires_at", "a time with its zone, in the future")
    parent = await _parent(tx)
    if parent is not None and parent.expires_at is not None:
        expires_at = min(expires_at or parent.expires_at, parent.expires_at)
    return await issue(
        tx,
        agent_id=tx.actor.agent_id,
        parent_id=None if parent is None else parent.id,
        name=new.name.strip(),
        scopes=scopes,
        expires_at=expires_at,
    )


async def issue(
    tx: Tx,
    *,
    name: str,
    scopes: list[str],
    agent_id: int | None = None,
    parent_id: int | None = None,
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """Write a token without asking who makes it: for the command line and :func:`create`."""
    text = crypto.token(authentication.TOKEN_PREFIX)
    token = Token(
        id=tx.new_id(),
        agent_id=agent_id,
        parent_id=parent_id,
        name=name,
        prefix=text[:_PREFIX_LENGTH],
        scopes=scopes,
        created_by=tx.actor.agent_id,
        created_at=tx.now,
        expires_at=expires_at,
        last_used_at=None,
    )
    await access.add_token(tx, token, token_hash=crypto.digest(text))
    tx.emit(
        events.TokenCreated(
            token_id=token.id, agent_id=agent_id, name=name, scopes=scopes, expires_at=expires_at
        )
    )
    return token, text


def _scopes(wanted: list[str]) -> list[str]:
    if ANY in wanted:
        return [ANY]
    for name in wanted:
        if name not in permissions.PERMISSIONS:
            raise errors.InvalidValue("scopes", f"no permission is named {name}")
    return sorted(set(wanted))


def _require_held(tx: Tx, scopes: list[str]) -> None:
    """An agent's own token may name everything, because it does only what the agent may then."""
    if scopes == [ANY]:
        if tx.actor.scopes is not None:
            raise errors.ExceedsOwnRights
        return
    for name in scopes:
        if not permissions.can(tx.actor, name):
            raise errors.ExceedsOwnRights(permission=name)


async def _parent(tx: Tx) -> Token | None:
    if tx.actor.kind != "token" or tx.actor.id is None:
        return None
    found = await access.token(tx, tx.actor.id)
    if found is None:  # revoked since this request began
        raise errors.InvalidToken
    return found


async def revoke(tx: Tx, token_id: int) -> None:
    """End a token and all that it made. Errors: NotFound, also for somebody else's."""
    token = await access.token(tx, token_id)
    if token is None:
        raise NotFound
    own = tx.actor.kind == "agent" and token.agent_id == tx.actor.agent_id
    if not own and not permissions.can(tx.actor, "token:manage"):
        raise NotFound
    for ended, owner in await access.revoke_token(tx, token_id):
        tx.emit(events.TokenRevoked(token_id=ended, agent_id=owner))
    authentication.forget_after(tx)
