"""Data for a benchmark: a workspace with N tickets, made once by COPY, the same for the same seed."""

from __future__ import annotations

from typing import Any

import asyncpg
import msgspec

from yizhan.app.bench.believable import Maker
from yizhan.domains.identity.service import authentication, workspaces
from yizhan.domains.tickets.searching import vocabulary
from yizhan.domains.tickets.types import FIRST_NUMBER
from yizhan.kernel import crypto, text
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge


class World(msgspec.Struct):
    """A benchmark's workspace and what requests need to know of it."""

    workspace_id: int
    token: str
    long_tickets: list[int]
    active_tickets: list[int]
    tickets: int


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
}
_CHUNK = 5000


async def _copy(connection: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=_COLUMNS[table])


async def _search_docs(connection: Any, messages: list[tuple[Any, ...]]) -> None:
    await connection.execute(
        "INSERT INTO search_doc (workspace_id, kind, id, ticket_id, at, vector)"
        " SELECT $1, 'message', u.id, u.ticket_id, u.at,"
        "  array_to_tsvector(string_to_array(u.words, ' '))"
        " FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[]) AS u (id, ticket_id, at, words)",
        messages[0][0],
        [m[1] for m in messages],
        [m[2] for m in messages],
        [m[10] for m in messages],
        [" ".join(text.tokens(m[9])) for m in messages],
    )


async def make(edge: Edge, *, tickets: int, seed: int) -> World:
    """The workspace ``bench-N-SEED``: made if it is missing."""
    slug = f"bench-{tickets}-{seed}"
    rows = await edge.database.lookup("SELECT yizhan_workspace_by_slug($1)", slug)
    if rows[0][0] is not None:
        return await _existing(edge, rows[0][0], tickets=tickets)
    async with edge.database.begin(system(edge.database.new_id())) as tx:
        created = await workspaces.create(tx, vault=edge.vault, name=slug, slug=slug, locale="en")
    workspace_id = int(created.workspace.id)
    maker = Maker(workspace_id, created.brand_id, tickets=tickets, seed=seed)
    # As the owner: COPY is refused to a role that row-level security binds.
    connection = await asyncpg.connect(edge.database.dsn)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL synchronous_commit = off")
            await _copy(connection, "contact", list(maker.people()))
            await _copy(connection, "identity", list(maker.identities()))
            await _fill(connection, maker)
            await connection.execute(
                "INSERT INTO number_block (workspace_id, kind, next) VALUES ($1, 'ticket', $2)",
                workspace_id,
                FIRST_NUMBER + tickets,
            )
        # As autovacuum would leave it after a while: without it the first plans are blind.
        await connection.execute(
            "VACUUM ANALYZE ticket, ticket_tag, ticket_subject, message, conversation, contact, identity,"
            " search_doc"
        )
    finally:
        await connection.close()
    async with edge.database.begin(system(workspace_id)) as tx:
        await vocabulary.rebuild(tx)  # rows by COPY have no events to learn from
    return await _existing(edge, workspace_id, tickets=tickets)


async def _fill(connection: Any, maker: Maker) -> None:
    tickets: list[tuple[Any, ...]] = []
    conversations: list[tuple[Any, ...]] = []
    messages: list[tuple[Any, ...]] = []
    for item in maker.tickets():
        tickets.append(item["ticket"])
        conversations.append(item["conversation"])
        messages += item["messages"]
        if len(tickets) == _CHUNK:
            await _flush(connection, tickets, conversations, messages)
    if tickets:
        await _flush(connection, tickets, conversations, messages)


async def _flush(connection: Any, *tables: list[tuple[Any, ...]]) -> None:
    for name, rows in zip(("ticket", "conversation", "message"), tables, strict=True):
        await _copy(connection, name, rows)
    await _search_docs(connection, tables[2])
    for rows in tables:
        rows.clear()


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
            "SELECT id FROM ticket WHERE workspace_id = $1 AND status_category <> 'closed'"
            " ORDER BY id LIMIT 5000",
            workspace_id,
        )
    return World(workspace_id, token, [row[0] for row in long], [row[0] for row in active], tickets)
