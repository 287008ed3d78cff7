"""A whole desk within the test's process: workspace, API, jobs and readers that run when told to."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from yizhan.app import web
from yizhan.domains.identity.service import authentication, workspaces
from yizhan.kernel import crypto, events, jobs, log, timers
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.config import Config
from yizhan.kernel.db import Database
from yizhan.kernel.http import Edge
from yizhan.kernel.storage import Disk
from yizhan.kernel.tx import Tx

ADMIN_EMAIL = "admin@example.test"
ADMIN_PASSWORD = "correct horse battery staple"
_OFFSET = re.compile(rb'"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d"')
_ROOT = Path(__file__).resolve().parents[2]


async def eventually(check: Callable[[], Awaitable[Any] | Any], *, seconds: float = 20) -> Any:
    """Ask again until the answer is true. Fails with the last answer after ``seconds``."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < deadline, f"still {found!r} after {seconds} s"
        await asyncio.sleep(0.02)


class Desk:
    """One workspace and everything around it."""

    def __init__(self, edge: Edge, workspace: workspaces.Created, api: httpx2.AsyncClient) -> None:
        self.edge = edge
        self.created = workspace
        self.api = api  # as an API token with every scope
        self.context = jobs.Context(edge.database, edge.store, edge.config, edge.vault)
        self.app: Any = None  # for a second client

    @property
    def workspace_id(self) -> int:
        return int(self.created.workspace.id)

    @property
    def database(self) -> Database:
        return self.edge.database

    async def admin(self) -> Actor:
        """The administrator as an actor."""
        assert self.created.admin_id is not None
        return await agent_actor(self.database, self.workspace_id, self.created.admin_id)

    @contextlib.asynccontextmanager
    async def begin(self, actor: Actor | None = None) -> AsyncIterator[Tx]:
        """A transaction, committed at the end; the administrator's unless told otherwise."""
        async with self.database.begin(actor or await self.admin()) as tx:
            yield tx

    def as_system(self) -> contextlib.AbstractAsyncContextManager[Tx]:
        return self.database.begin(system(self.workspace_id))

    async def run_jobs(self, *, rounds: int = 50, only: str | None = None) -> int:
        """Run the log's readers and all due jobs until nothing is left. Returns how many jobs ran."""
        ran = 0
        for _ in range(rounds):
            await timers.fire(self.database)
            for consumer in events.consumers():
                await log.catch_up(self.database, consumer, self.workspace_id)
            due = await self._due(only)
            if not due:
                return ran
            for row in due:
                await self._run(row)
                ran += 1
        return ran

    async def _due(self, only: str | None) -> list[Any]:
        return await self.database.lookup(
            "UPDATE pgqueuer SET status = 'picked' WHERE id IN (SELECT id FROM pgqueuer WHERE status = 'queued'"
            " AND execute_after <= now() AND ($1::text IS NULL OR entrypoint = $1) ORDER BY id LIMIT 100)"
            " RETURNING id, entrypoint, payload, attempts, created",
            only,
        )

    async def _run(self, row: Any) -> None:
        try:
            await jobs.run_one(
                self.context,
                row["entrypoint"],
                msgspec.json.decode(row["payload"]),
                queued_at=row["created"],
            )
        except jobs.Retry as retry:
            await self.database.lookup(
                "UPDATE pgqueuer SET status = 'queued', attempts = attempts + 1,"
                " execute_after = now() + make_interval(secs => $2) WHERE id = $1",
                row["id"],
                retry.seconds,
            )
            return
        await self.database.lookup("DELETE FROM pgqueuer WHERE id = $1", row["id"])

    async def waiting_jobs(self, name: str) -> int:
        """How many jobs of a name are queued, also for later."""
        rows = await self.database.lookup(
            "SELECT count(*) FROM pgqueuer WHERE status = 'queued' AND entrypoint = $1", name
        )
        return int(rows[0][0])

    async def events(self, *kinds: str) -> list[events.Logged]:
        """The workspace's log, only some types if given."""
        async with self.as_system() as tx:
            rows = await log.read(tx, after=log.Position((0, 0)), limit=100_000)
        return [row for row in rows if not kinds or row.type in kinds]


async def agent_actor(database: Database, workspace_id: int, agent_id: int) -> Actor:
    """An agent as an actor, with today's rights."""
    rows = await database.lookup("SELECT yizhan_agent_rights($1, $2)", workspace_id, agent_id)
    rights = authentication._rights(rows[0][0])
    return Actor(
        kind="agent", workspace_id=workspace_id, id=agent_id, name=rows[0][0]["name"], **rights
    )


async def api_token(
    database: Database,
    workspace_id: int,
    *,
    scopes: tuple[str, ...] = ("*",),
    agent_id: int | None = None,
) -> str:
    """A token of the workspace's own, or of an agent."""
    text = crypto.token(authentication.TOKEN_PREFIX)
    async with database.begin(system(workspace_id)) as tx:
        await tx.db.execute(
            "INSERT INTO api_token (workspace_id, id, name, token_hash, prefix, scopes, agent_id)"
            " VALUES ($1, $2, 'test', $3, $4, $5, $6)",
            workspace_id,
            tx.new_id(),
            crypto.digest(text),
            text[:8],
            list(scopes),
            agent_id,
        )
    return text


@functools.cache
def _documented() -> list[tuple[re.Pattern[str], dict[str, set[str]]]]:
    """Path → method → statuses, as the API's description has them."""
    document = msgspec.json.decode((_ROOT / "openapi.json").read_bytes())
    return [
        (
            re.compile(re.sub(r"\{\w+\}", "[^/]+", path)),
            {method.upper(): set(found["responses"]) for method, found in operations.items()},
        )
        for path, operations in sorted(document["paths"].items())
    ]


async def _as_promised(response: httpx2.Response) -> None:
    """Whatever a test is answered: the description foretold it, and its times are UTC with Z."""
    if response.headers.get("content-type", "").startswith("application/json"):
        found = _OFFSET.search(await response.aread())
        assert found is None, found
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return
    for pattern, methods in _documented():
        statuses = methods.get(response.request.method)
        if statuses is not None and pattern.fullmatch(response.request.url.path):
            asked = f"{response.request.method} {response.request.url.path}"
            assert str(response.status_code) in statuses, f"{asked}: {response.status_code}"
            return


def client(app: Any, *, token: str | None = None, **headers: str) -> httpx2.AsyncClient:
    """The API without a socket."""
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app),
        base_url="http://desk.test",
        headers=headers,
        event_hooks={"response": [_as_promised]},
    )


async def make_workspace(
    edge: Edge, *, name: str = "Test", email: str = ADMIN_EMAIL
) -> workspaces.Created:
    """A further workspace with an administrator."""
    async with edge.database.begin(system(edge.database.new_id())) as tx:
        return await workspaces.create(
            tx,
            vault=edge.vault,
            name=name,
            admin=workspaces.Admin(email=email, name="Ada 管理", password=ADMIN_PASSWORD),
        )


_idle: list[Any] = []  # applications that no desk uses: building one costs more than most tests


@contextlib.contextmanager
def _application(edge: Edge) -> Iterator[Any]:
    """The application around an edge; its routes are the same in every test."""
    app = _idle.pop() if _idle else web.create_app(edge)
    app.state["edge"] = edge
    own = set(app.state)
    yield app
    for name in set(app.state) - own:  # what this desk's requests have left there
        del app.state[name]
    _idle.append(app)


@contextlib.asynccontextmanager
async def open_desk(database: Database, folder: Path, **settings: Any) -> AsyncIterator[Desk]:
    """A desk with one workspace on a database."""
    # Reading messages costs more than most tests: those that are about it ask for it.
    config = Config(data=folder, **{"understanding": False, **settings})
    edge = Edge(
        config=config,
        database=database,
        store=Disk(folder / "files"),
        vault=crypto.open_vault(config),
    )
    created = await make_workspace(edge)
    token = await api_token(database, int(created.workspace.id))
    with _application(edge) as app:
        async with client(app, token=token) as api:
            desk = Desk(edge, created, api)
            desk.app = app
            yield desk
    await authentication.settle()
