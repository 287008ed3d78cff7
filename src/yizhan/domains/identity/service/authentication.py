"""Who is behind a token or a session cookie.

Answers are kept for a few seconds in this process. Whatever changes rights calls
:func:`forget_after` (this process forgets with the commit), and the other processes forget when
they hear of the event: the realtime hub calls :func:`forget`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from yizhan.domains.identity import errors
from yizhan.domains.identity.types import ANY
from yizhan.kernel import clock, crypto
from yizhan.kernel.actor import Actor, Grant, system
from yizhan.kernel.db import Database
from yizhan.kernel.errors import Unavailable
from yizhan.kernel.tx import Tx

TOKEN_PREFIX = "yz_"  # noqa: S105 -- how a token is recognised, not a secret
IDLE = timedelta(days=14)  # a session ends when it was not used for so long
LONGEST = timedelta(days=90)  # and at the latest after this

_KEEP_SECONDS = 3.0
_MOST_KEPT = 20_000
_TOUCH_SECONDS = 60.0

_TOUCH_TOKEN = "UPDATE api_token SET last_used_at = now() WHERE workspace_id = $1 AND id = $2"  # noqa: S105 -- SQL
_TOUCH_SESSION = """
UPDATE session SET last_seen_at = now(),
       expires_at = least(now() + $3::interval, created_at + $4::interval)
WHERE workspace_id = $1 AND id = $2
"""


class _Cache:
    """Actors by the hash of what they showed. Bounded, short-lived, forgotten by workspace."""

    def __init__(self) -> None:
        self.actors: OrderedDict[bytes, tuple[float, Actor]] = OrderedDict()
        self.touched: OrderedDict[tuple[str, int, int], float] = OrderedDict()
        self.touching: set[asyncio.Task[None]] = set()
        self.generation = 0  # a lookup that began before something was forgotten is not kept

    def get(self, key: bytes) -> Actor | None:
        found = self.actors.get(key)
        if found is None or found[0] < time.monotonic():
            return None
        return found[1]

    def put(self, key: bytes, actor: Actor, *, generation: int, seconds: float) -> None:
        if generation != self.generation or seconds <= 0:
            return
        self.actors[key] = (time.monotonic() + min(seconds, _KEEP_SECONDS), actor)
        while len(self.actors) > _MOST_KEPT:
            self.actors.popitem(last=False)

    def forget(self, workspace_id: int) -> None:
        self.generation += 1
        for key in [k for k, (_, a) in self.actors.items() if a.workspace_id == workspace_id]:
            del self.actors[key]

    def is_due(self, place: tuple[str, int, int]) -> bool:
        now = time.monotonic()
        if now - self.touched.get(place, -_TOUCH_SECONDS) < _TOUCH_SECONDS:
            return False
        self.touched[place] = now
        self.touched.move_to_end(place)
        while len(self.touched) > _MOST_KEPT:
            self.touched.popitem(last=False)
        return True


_cache = _Cache()


def forget(workspace_id: int) -> None:
    """Read the rights of everybody in a workspace anew."""
    _cache.forget(workspace_id)


def forget_after(tx: Tx) -> None:
    """Forget the workspace's actors when this transaction has committed."""
    workspace_id = tx.workspace_id
    tx.after_commit(lambda: _cache.forget(workspace_id))


async def settle() -> None:
    """Wait until the last uses are written: before a process ends, and in tests."""
    while _cache.touching:
        await asyncio.gather(*_cache.touching, return_exceptions=True)


def grants_of(raw: list[Mapping[str, Any]], home: frozenset[int]) -> tuple[Grant, ...]:
    """Grants as they hold for somebody whose own units are ``home``."""
    found: dict[Grant, None] = {}
    for grant in msgspec.convert(raw, list[Grant], strict=False):
        if grant.scope == "unit" and grant.unit_id is None:
            found.update({Grant(grant.permission, "unit", unit): None for unit in home})
        else:
            found[grant] = None
    return tuple(found)


def _rights(raw: Mapping[str, Any]) -> dict[str, Any]:
    home = frozenset(int(unit) for unit in raw["home"])
    return {
        "grants": grants_of(raw["grants"], home),
        "teams": frozenset(int(team) for team in raw["teams"]),
        "roles": frozenset(int(role) for role in raw["roles"]),
        "units": {int(unit): frozenset(below) for unit, below in raw["units"].items()},
        "agent_id": int(raw["id"]),
        "locale": raw["locale"],
    }


async def by_token(database: Database, token: str, *, ip: str = "") -> Actor:
    """The actor of an API token. Errors: InvalidToken (401)."""
    key = crypto.digest(token)
    actor = _cache.get(key)
    if actor is None:
        generation = _cache.generation
        rows = await database.lookup("SELECT * FROM yizhan_token($1)", key)
        if not rows:
            raise errors.InvalidToken
        actor = _token_actor(rows[0])
        ends = rows[0]["expires_at"]
        left = _KEEP_SECONDS if ends is None else (ends - clock.now()).total_seconds()
        _cache.put(key, actor, generation=generation, seconds=left)
    _touch(database, actor, "token")
    return msgspec.structs.replace(actor, ip=ip)


def _token_actor(row: Any) -> Actor:
    rights: dict[str, Any] = {"grants": (Grant(ANY),)}
    if row["agent_id"] is not None:
        if row["rights"] is None:  # the agent behind it no longer works here
            raise errors.InvalidToken
        rights = _rights(row["rights"])
    return Actor(
        kind="token",
        workspace_id=row["workspace_id"],
        id=row["token_id"],
        name=row["name"],
        scopes=None if ANY in row["scopes"] else frozenset(row["scopes"]),
        **rights,
    )


async def by_agent(database: Database, workspace_id: int, agent_id: int) -> Actor:
    """An agent with today's rights, without a session: for the command line and for tests."""
    rows = await database.lookup("SELECT yizhan_agent_rights($1, $2)", workspace_id, agent_id)
    raw = rows[0][0]
    if raw is None:
        raise errors.SessionExpired
    return Actor(
        kind="agent", workspace_id=workspace_id, id=agent_id, name=raw["name"], **_rights(raw)
    )


async def by_session(database: Database, cookie: str, *, ip: str = "") -> Actor:
    """The actor of a session cookie. Errors: SessionEnded (401)."""
    key = crypto.digest(cookie)
    actor = _cache.get(key)
    if actor is None:
        generation = _cache.generation
        rows = await database.lookup("SELECT * FROM yizhan_session($1)", key)
        if not rows or rows[0]["rights"] is None:
            raise errors.SessionExpired
        actor = _session_actor(rows[0])
        _cache.put(key, actor, generation=generation, seconds=_KEEP_SECONDS)
    _touch(database, actor, "session")
    return msgspec.structs.replace(actor, ip=ip)


def _session_actor(row: Any) -> Actor:
    return Actor(
        kind="agent",
        workspace_id=row["workspace_id"],
        id=row["agent_id"],
        name=row["rights"]["name"],
        session_id=row["session_id"],
        **_rights(row["rights"]),
    )


def _touch(database: Database, actor: Actor, kind: str) -> None:
    """Note the last use beside the request, at most once a minute: losing one costs nothing."""
    number = actor.session_id if kind == "session" else actor.id
    if number is None or not _cache.is_due((kind, actor.workspace_id, number)):
        return
    task = asyncio.create_task(_write_use(database, actor.workspace_id, number, kind=kind))
    _cache.touching.add(task)
    task.add_done_callback(_cache.touching.discard)


async def _write_use(database: Database, workspace_id: int, number: int, *, kind: str) -> None:
    with contextlib.suppress(Unavailable):
        async with database.begin(system(workspace_id)) as tx:
            if kind == "token":
                await tx.db.execute(_TOUCH_TOKEN, workspace_id, number)
            else:
                await tx.db.execute(_TOUCH_SESSION, workspace_id, number, IDLE, LONGEST)
