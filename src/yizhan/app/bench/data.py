"""Data for a benchmark: workspaces with N tickets, made once by COPY, the same for the same seed.

Processes make the rows of a few thousand tickets at a time as the bytes that COPY wants, and each such part
is committed by itself: what was interrupted goes on where it ended.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import asyncpg
import msgspec

from yizhan.app.bench import believable
from yizhan.domains.identity.service import authentication, workspaces
from yizhan.domains.tickets.searching import vocabulary
from yizhan.domains.tickets.types import FIRST_NUMBER
from yizhan.kernel import crypto
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge


class World(msgspec.Struct):
    """A benchmark's workspace and what requests need to know of it."""

    workspace_id: int
    token: str
    long_tickets: list[int]
    active_tickets: list[int]
    tickets: int
    agents: list[int] = []  # who have tickets


_COLUMNS = {
    "contact": ("workspace_id", "id", "name"),
    "identity": (
        "workspace_id",
        "id",
        "contact_id",
        "kind",
        "scope",
        "value",
        "display",
        "strength",
        "verified",
        "source",
    ),
    "ticket": (
        "workspace_id",
        "id",
        "number",
        "subject",
        "status",
        "status_category",
        "priority",
        "type",
        "tags",
        "channel",
        "brand_id",
        "requester_id",
        "preview",
        "message_count",
        "team_id",
        "assignee_id",
        "last_message_at",
        "last_message_id",
        "last_customer_message_id",
        "waiting_since",
        "created_at",
        "updated_at",
    ),
    "conversation": (
        "workspace_id",
        "id",
        "ticket_id",
        "channel",
        "contact_id",
        "last_inbound_at",
        "created_at",
    ),
    "message": (
        "workspace_id",
        "id",
        "ticket_id",
        "conversation_id",
        "direction",
        "visibility",
        "author_kind",
        "author_id",
        "author_name",
        "body_text",
        "created_at",
        "channel",
        "delivery_state",
    ),
    "search_doc": ("workspace_id", "kind", "id", "ticket_id", "at", "vector"),
    "file": (
        "workspace_id",
        "id",
        "name",
        "content_type",
        "size",
        "sha256",
        "owner_kind",
        "created_at",
    ),
    "attachment": ("workspace_id", "message_id", "file_id"),
}
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
# Of what was said, and of who answers for it.
_CHECKSUM = """
SELECT m.n, m.sum + t.sum FROM (
  SELECT count(*) AS n, coalesce(sum(hashtextextended(id::text || body_text, 0)::numeric), 0) AS sum
  FROM message WHERE workspace_id = $1 AND created_at < '2026-11-02') AS m, (
  SELECT coalesce(sum(hashtextextended(id::text || coalesce(assignee_id::text, ''), 0)::numeric), 0) AS sum
  FROM ticket WHERE workspace_id = $1 AND created_at < '2026-11-02') AS t
"""
_AGENTS = """
WITH teams AS (
  INSERT INTO team (workspace_id, id, name) SELECT $1, * FROM unnest($2::bigint[], $3::text[])
), agents AS (
  INSERT INTO agent (workspace_id, id, email, name)
  SELECT $1, a.id, 'agent' || a.id || '@desk.example.test', a.name FROM unnest($4::bigint[], $5::text[]) AS a (id, name)
), members AS (
  INSERT INTO team_member (workspace_id, team_id, agent_id) SELECT $1, * FROM unnest($6::bigint[], $4::bigint[])
)
INSERT INTO agent_role (workspace_id, agent_id, role_id)
SELECT $1, a, r.id FROM unnest($4::bigint[]) AS a, role r WHERE r.workspace_id = $1 AND r.system = 'agent'
"""
_CONTACTS = 20_000

Told = Callable[[int, int], None]


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, believable.Words):
        return " ".join(f"'{word}'" for word in value).translate(_ESCAPED)
    if isinstance(value, list):
        return "{" + ",".join(value) + "}"
    return str(value).translate(_ESCAPED)


def _bytes(rows: Iterable[believable.Row]) -> bytes:
    return "".join("\t".join(map(_field, row)) + "\n" for row in rows).encode()


def _made(plan: believable.Plan, number: int) -> dict[str, bytes]:
    """A part as COPY wants it. Runs in a process of its own."""
    return {name: _bytes(rows) for name, rows in believable.Chunk(plan, number).make().items()}


async def _copy(connection: Any, parts: Mapping[str, bytes]) -> None:
    async with connection.transaction():
        await connection.execute("SET LOCAL synchronous_commit = off")
        for table, content in parts.items():
            await connection.copy_to_table(
                table, source=io.BytesIO(content), columns=_COLUMNS[table], format="text"
            )


async def make(edge: Edge, *, tickets: int, seed: int, tell: Told | None = None) -> World:
    """The workspace ``bench-N-SEED``: what is missing of it is made."""
    workspace_id = await fill(
        edge, f"bench-{tickets}-{seed}", tickets=tickets, seed=seed, tell=tell
    )
    return await _existing(edge, workspace_id, tickets=tickets)


async def fill(edge: Edge, slug: str, *, tickets: int, seed: int, tell: Told | None = None) -> int:
    """A workspace with so many tickets. Gives its id."""
    workspace_id, brand_id = await _workspace(edge, slug)
    plan = believable.Plan(workspace_id, brand_id, tickets, seed)
    # As the owner: COPY is refused to a role that row-level security binds.
    connection = await asyncpg.connect(edge.database.dsn)
    try:
        missing = await _missing(connection, plan)
        if missing:
            await _people(connection, plan)
            await _files(edge, workspace_id)
            await _chunks(connection, plan, missing, tell=tell)
            # As autovacuum would leave it after a while: without it the first plans are blind.
            await connection.execute(
                "VACUUM ANALYZE ticket, ticket_tag, ticket_subject, message, conversation, contact,"
                " identity, search_doc, file, attachment"
            )
            async with edge.database.begin(system(workspace_id)) as tx:
                await vocabulary.rebuild(tx)  # rows by COPY have no events to learn from
    finally:
        await connection.close()
    return workspace_id


async def _workspace(edge: Edge, slug: str) -> tuple[int, int]:
    rows = await edge.database.lookup("SELECT yizhan_workspace_by_slug($1)", slug)
    workspace_id: int | None = rows[0][0]
    if workspace_id is None:
        async with edge.database.begin(system(edge.database.new_id())) as tx:
            made = await workspaces.create(tx, vault=edge.vault, name=slug, slug=slug, locale="en")
        return int(made.workspace.id), made.brand_id
    async with edge.database.begin(system(workspace_id)) as tx:
        brand_id: int = await tx.db.fetchval(
            "SELECT id FROM brand WHERE workspace_id = $1 ORDER BY id LIMIT 1", workspace_id
        )
    return workspace_id, brand_id


async def _missing(connection: Any, plan: believable.Plan) -> list[int]:
    """The parts whose first ticket is not there."""
    firsts = [FIRST_NUMBER + number * believable.CHUNK for number in range(plan.chunks)]
    rows = await connection.fetch(
        "SELECT number FROM ticket WHERE workspace_id = $1 AND number = ANY($2)",
        plan.workspace_id,
        firsts,
    )
    found = {row[0] for row in rows}
    return [number for number, first in enumerate(firsts) if first not in found]


async def _people(connection: Any, plan: believable.Plan) -> None:
    last, _ = believable.contact(plan.contacts - 1)
    there = "SELECT EXISTS (SELECT FROM contact WHERE workspace_id = $1 AND id = $2)"
    if await connection.fetchval(there, plan.workspace_id, last):
        return
    async with connection.transaction():
        rows = believable.people(plan)
        while part := list(itertools.islice(rows, _CONTACTS)):
            contacts, identities = zip(*part, strict=True)
            await _copy(connection, {"contact": _bytes(contacts), "identity": _bytes(identities)})
        await connection.execute(
            "INSERT INTO number_block (workspace_id, kind, next) VALUES ($1, 'ticket', $2)"
            " ON CONFLICT DO NOTHING",
            plan.workspace_id,
            FIRST_NUMBER + plan.tickets,
        )
        await _agents(connection, plan)


async def _agents(connection: Any, plan: believable.Plan) -> None:
    """Who answers, each in a team."""
    teams = [believable.team(number) for number in range(plan.teams)]
    agents = [believable.agent(number) for number in range(plan.agents)]
    await connection.execute(
        _AGENTS,
        plan.workspace_id,
        *map(list, zip(*teams, strict=True)),
        *map(list, zip(*agents, strict=True)),
        [teams[believable.team_of(number)][0] for number in range(plan.agents)],
    )


async def _files(edge: Edge, workspace_id: int) -> None:
    for number in range(believable.FILES):
        await edge.store.put(workspace_id, believable.file_content(number))


async def _chunks(
    connection: Any, plan: believable.Plan, missing: list[int], *, tell: Told | None
) -> None:
    """Made by all cores, copied in by one connection; a few parts ahead, so that memory stays small."""
    loop, cores = asyncio.get_running_loop(), os.cpu_count() or 1
    if len(missing) == 1:
        await _copy(connection, await asyncio.to_thread(_made, plan, missing[0]))
        return
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        ahead = [loop.run_in_executor(pool, _made, plan, one) for one in missing[: cores + 1]]
        following = iter(missing[cores + 1 :])
        for done in range(len(missing)):
            parts = await ahead.pop(0)
            ahead += [
                loop.run_in_executor(pool, _made, plan, one)
                for one in itertools.islice(following, 1)
            ]
            await _copy(connection, parts)
            if tell is not None:
                tell(done + 1, len(missing))


async def checksum(edge: Edge, workspace_id: int) -> tuple[int, str]:
    """How many messages there are of what was made, and what they add up to."""
    connection = await asyncpg.connect(edge.database.dsn)
    try:
        row = await connection.fetchrow(_CHECKSUM, workspace_id)
    finally:
        await connection.close()
    return row[0], f"{int(row[1]) & ((1 << 64) - 1):016x}"


async def _existing(edge: Edge, workspace_id: int, *, tickets: int) -> World:
    token = crypto.token(authentication.TOKEN_PREFIX)
    async with edge.database.begin(system(workspace_id)) as tx:
        await tx.db.execute(
            "INSERT INTO api_token (workspace_id, id, name, token_hash, prefix, scopes)"
            " VALUES ($1, $2, 'bench', $3, $4, '{*}')",
            workspace_id,
            tx.new_id(),
            crypto.digest(token),
            token[:8],
        )
        long = await tx.db.fetch(
            "SELECT id FROM ticket WHERE workspace_id = $1 AND message_count = 20 AND status = 'closed'"
            " ORDER BY id LIMIT 50",
            workspace_id,
        )
        active = await tx.db.fetch(
            "SELECT id FROM ticket WHERE workspace_id = $1 AND status_category <> 'closed' AND channel = 'api'"
            " ORDER BY id LIMIT 5000",
            workspace_id,
        )
        agents = await tx.db.fetch(
            "SELECT id FROM agent a WHERE workspace_id = $1 AND EXISTS (SELECT FROM ticket t"
            " WHERE t.workspace_id = $1 AND t.assignee_id = a.id AND t.status_category <> 'closed') ORDER BY id",
            workspace_id,
        )
    found, active_ids, agent_ids = ([row[0] for row in rows] for rows in (long, active, agents))
    return World(workspace_id, token, found, active_ids, tickets, agent_ids)
