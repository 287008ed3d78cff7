"""Back-off for wrong sign-ins that nobody can use to lock somebody else out.

Failures are counted for (account, network) and for the network, never for the account alone. A
browser that signed in to the account before is counted for itself only: whoever guesses from
elsewhere, even from the same network, does not slow it down. An attempt is counted before the
password is looked at and given back when it was right, so a hundred at the same moment are not a
hundred tries, over all web processes; within one those for one account wait their turn, so that a hundred
right ones all get in. A whole network never waits more than a few seconds: others share it. Only hashes are
kept.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import msgspec

from yizhan.domains.identity import errors
from yizhan.domains.identity.repository import access
from yizhan.kernel import proxies
from yizhan.kernel.actor import system
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

WINDOW = timedelta(hours=1)
LONGEST_WAIT = 900.0  # seconds
NETWORK_WAIT = 5.0
FREE_PAIR = 5  # tries of one network at one account before the first wait
FREE_NETWORK = 100
FREE_DEVICE = 10
FREE_CODE = 10  # codes after a right password, from anywhere: only who has it gets here

NOWHERE = 0  # the table belongs to no workspace: an account is not known yet
_PURPOSE = "device"
_PRUNE_EVERY = 200

_turns: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()


class Limit(msgspec.Struct, frozen=True):
    """A key that is counted, and how many failures cost nothing."""

    key: bytes
    free: int
    longest: float = LONGEST_WAIT
    shared: bool = False  # also by others: one success says nothing about the rest


class Attempt(msgspec.Struct, frozen=True):
    """A sign-in that was let through and counted."""

    limits: tuple[Limit, ...]
    at: datetime


def _key(*parts: str) -> bytes:
    return hashlib.sha256("\0".join(("sign-in", *parts)).encode()).digest()


def limits_for(email: str, *, ip: str, device: str | None) -> tuple[Limit, ...]:
    """What counts for an attempt; ``device`` is a verified device of this account."""
    account = email.strip().lower()
    if device is not None:
        return (Limit(_key("device", account, device), FREE_DEVICE),)
    network = proxies.network_of(ip)
    return (
        Limit(_key("pair", account, network), FREE_PAIR),
        Limit(_key("network", network), FREE_NETWORK, longest=NETWORK_WAIT, shared=True),
    )


def code_limit(workspace_id: int, agent_id: int) -> tuple[Limit, ...]:
    return (Limit(_key("code", str(workspace_id), str(agent_id)), FREE_CODE),)


def password_limit(workspace_id: int, agent_id: int) -> tuple[Limit, ...]:
    """For asking the password again within a session that may be stolen."""
    return (Limit(_key("password", str(workspace_id), str(agent_id)), FREE_DEVICE),)


def wait_after(failures: int, *, free: int, longest: float = LONGEST_WAIT) -> float:
    """Seconds to wait after so many failures."""
    return 0.0 if failures < free else min(2.0 ** min(failures - free, 20), longest)


async def _check(tx: Tx, limit: Limit) -> None:
    count, last = await access.failures(tx, limit.key, window=WINDOW)
    wait = wait_after(count, free=limit.free, longest=limit.longest)
    if last is None or not wait:  # without a wait, a later one that was first is no reason either
        return
    left = wait - (tx.now - last).total_seconds()
    if left > 0:
        raise errors.TooManyAttempts(retry_after=math.ceil(left))


@asynccontextmanager
async def turn(limits: tuple[Limit, ...]) -> AsyncIterator[None]:
    """Wait until this process has decided the earlier attempts at the same account."""
    lock = _turns.setdefault(limits[0].key, asyncio.Lock())
    async with lock:
        yield


async def reserve(database: Database, limits: tuple[Limit, ...]) -> Attempt:
    """Count an attempt before it is made. Errors: TooManyAttempts, which is not counted."""
    async with database.begin(system(NOWHERE)) as tx:
        for limit in sorted(limits, key=lambda one: one.key):  # one order: no deadlock
            await access.lock_attempts(tx, limit.key)
        for limit in limits:
            await _check(tx, limit)
        for limit in limits:
            await access.delete_failures(tx, limit.key, before=tx.now - WINDOW)
            await access.add_failure(tx, limit.key)
        if secrets.randbelow(_PRUNE_EVERY) == 0:
            await access.prune_failures(tx, before=tx.now - WINDOW)
        return Attempt(limits, tx.now)


async def give_back(tx: Tx, attempt: Attempt) -> None:
    """This attempt was no failure; earlier ones stay counted."""
    for limit in attempt.limits:
        await access.delete_failures(tx, limit.key, at=attempt.at)


async def succeed(tx: Tx, attempt: Attempt) -> None:
    """Signed in: forget the account's failures here, and this attempt for the network."""
    for limit in attempt.limits:
        at = attempt.at if limit.shared else None
        await access.delete_failures(tx, limit.key, at=at)


def new_device(vault: Vault, *, email: str) -> str:
    """A mark for a browser that has signed in: random, signed together with the account."""
    number = secrets.token_urlsafe(12)
    return f"{number}.{_sign(vault, number, email)}"


def verified_device(vault: Vault, cookie: str | None, *, email: str) -> str | None:
    """The device's number if this browser has signed in to this account before."""
    number, _, mac = (cookie or "").partition(".")
    text = f"{number}|{email.strip().lower()}"
    good = mac and vault.signed(text, mac, workspace_id=NOWHERE, purpose=_PURPOSE, size=26)
    return number if good else None


def _sign(vault: Vault, number: str, email: str) -> str:
    text = f"{number}|{email.strip().lower()}"
    return vault.sign(text, workspace_id=NOWHERE, purpose=_PURPOSE, size=26)
