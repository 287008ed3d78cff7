"""The person behind a request, and asking them for their password again."""

from __future__ import annotations

from yizhan.domains.identity import errors
from yizhan.domains.identity.repository import access
from yizhan.domains.identity.service import passwords, throttle
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx


def agent_id(tx: Tx) -> int:
    """Errors: BrowserOnly for tokens and everything else that is no person."""
    if tx.actor.kind != "agent" or tx.actor.agent_id is None:
        raise errors.BrowserOnly
    return tx.actor.agent_id


async def secrets(tx: Tx) -> access.Secrets:
    """What the person signs in with. Errors: BrowserOnly, SessionExpired."""
    found = await access.secrets(tx, agent_id(tx))
    if found is None:
        raise errors.SessionExpired
    return found


async def confirm_password(tx: Tx, *, database: Database, password: str) -> None:
    """Ask for the password again; a stolen session cannot guess it.

    ``database`` counts tries outside of this transaction, which ends with a wrong one.
    Errors: WrongPassword, TooManyAttempts.
    """
    kept = await secrets(tx)
    limits = throttle.password_limit(tx.workspace_id, agent_id(tx))
    async with throttle.turn(limits):
        attempt = await throttle.reserve(database, limits)
        if not await passwords.matches(password, kept.password_hash):
            raise errors.WrongPassword
        await throttle.succeed(tx, attempt)
