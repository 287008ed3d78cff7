"""The only file of this domain that writes tickets, conversations and messages."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.tickets.types import Conversation, Status, StoredFile, Ticket
from yizhan.kernel import clock, sql, text
from yizhan.kernel.tx import Tx

TICKET = ", ".join(field.name for field in msgspec.structs.fields(Ticket))
CONVERSATION = ", ".join(field.name for field in msgspec.structs.fields(Conversation))


class _Held(msgspec.Struct):
    """Tickets that one reads and locks at once and writes at once; see :func:`together`."""

    tickets: dict[int, Ticket]
    columns: dict[int, dict[str, Any]] = {}

    def change(self, ticket_id: int, values: dict[str, Any], now: datetime) -> Ticket:
        old = self.tickets[ticket_id]
        new = msgspec.structs.replace(old, **values, updated_at=now, version=old.version + 1)
        self.tickets[ticket_id] = new
        self.columns.setdefault(ticket_id, {}).update(values)
        return new


_together: ContextVar[_Held | None] = ContextVar("together", default=None)


def _held(ticket_id: int) -> _Held | None:
    held = _together.get()
    return held if held is not None and ticket_id in held.tickets else None


async def ticket(tx: Tx, ticket_id: int) -> Ticket | None:
    """A ticket, unlocked."""
    if (held := _held(ticket_id)) is not None:
        return held.tickets[ticket_id]
    return await tx.db.fetchrow_as(
        Ticket,
        f"SELECT {TICKET} FROM ticket WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        ticket_id,
    )


async def lock_ticket(tx: Tx, ticket_id: int) -> Ticket | None:
    """A ticket, held until the end of the transaction."""
    if (held := _held(ticket_id)) is not None:
        return held.tickets[ticket_id]
    return await tx.db.fetchrow_as(
        Ticket,
        f"SELECT {TICKET} FROM ticket WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
        tx.workspace_id,
        ticket_id,
    )


async def conversation(tx: Tx, conversation_id: int) -> Conversation | None:
    return await tx.db.fetchrow_as(
        Conversation,
        f"SELECT {CONVERSATION} FROM conversation WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        conversation_id,
    )


async def conversation_by_key(tx: Tx, *, inbox_id: int | None, key: str) -> Conversation | None:
    return await tx.db.fetchrow_as(
        Conversation,
        f"SELECT {CONVERSATION} FROM conversation"
        " WHERE workspace_id = $1 AND inbox_id = $2 AND external_key = $3",
        tx.workspace_id,
        inbox_id,
        key,
    )


async def conversations(tx: Tx, ticket_id: int) -> list[Conversation]:
    """A ticket's conversations; the one that the customer used last comes first."""
    return await tx.db.fetch_as(
        Conversation,
        f"SELECT {CONVERSATION} FROM conversation WHERE workspace_id = $1 AND ticket_id = $2"
        " ORDER BY last_inbound_at DESC NULLS LAST, id DESC",
        tx.workspace_id,
        ticket_id,
    )


async def hold(tx: Tx, *, inbox_id: int | None, key: str) -> None:
    """Let one transaction at a time work on a channel's thread, also before it has a row."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"{tx.workspace_id}:{inbox_id}:{key}",
    )


async def message_by_client_id(
    tx: Tx, *, conversation_id: int, client_id: str
) -> tuple[int, int] | None:
    """(message, ticket) of a message that its sender sends again."""
    row = await tx.db.fetchrow(
        "SELECT id, ticket_id FROM message WHERE workspace_id = $1 AND conversation_id = $2 AND client_id = $3",
        tx.workspace_id,
        conversation_id,
        client_id,
    )
    return None if row is None else (row[0], row[1])


def search_doc(
    tx: Tx,
    *,
    message_id: int,
    ticket_id: int,
    content: str,
    internal: bool,
    addressing: Mapping[str, Any] | None = None,
) -> sql.Insert:
    """What makes a message findable: its words, and to whom it went."""
    sent_to = [*(addressing or {}).get("to", ()), *(addressing or {}).get("cc", ())]
    words = [*text.tokens(content), *(w for one in sent_to for w in recipient(one["address"]))]
    return sql.Insert(
        "search_doc",
        {
            "workspace_id": tx.workspace_id,
            "kind": "message",
            "id": message_id,
            "ticket_id": ticket_id,
            "internal": internal,
            "at": tx.now,
            "vector": sql.Expr("array_to_tsvector({}::text[])", (words,)),
        },
    )


def recipient(address: str) -> list[str]:
    """The words under which a message is found by a recipient: the address, its name and its domain."""
    whole = text.normal(address).strip()
    local, _, domain = whole.partition("@")
    return [f"to:{part[:60]}" for part in dict.fromkeys((whole, local, domain)) if part]


def attachments(tx: Tx, *, message_id: int, files: Sequence[StoredFile]) -> list[sql.Step]:
    return [
        sql.Insert(
            "attachment",
            {
                "workspace_id": tx.workspace_id,
                "message_id": message_id,
                "file_id": file.file_id,
                "inline": file.inline,
                "content_id": file.content_id,
                "position": position,
            },
            "DO NOTHING",
        )
        for position, file in enumerate(files)
    ]


async def write(tx: Tx, *steps: sql.Step) -> str:
    """Run all steps in one round trip."""
    statement, args = sql.statement(*steps)
    return await tx.db.execute(statement, *args)


async def set_fields(tx: Tx, ticket_id: int, **values: Any) -> None:
    """Change a ticket's columns; its version grows by one."""
    await write(tx, change(tx, ticket_id, **values))


async def set_and_read(tx: Tx, ticket_id: int, **values: Any) -> Ticket | None:
    """:func:`set_fields`, and the ticket as it is then."""
    if (held := _held(ticket_id)) is not None:
        return held.change(ticket_id, values, tx.now)
    statement, args = sql.statement(change(tx, ticket_id, **values))
    return await tx.db.fetchrow_as(Ticket, f"{statement} RETURNING {TICKET}", *args)


@contextlib.asynccontextmanager
async def together(tx: Tx, ids: Sequence[int]) -> AsyncIterator[None]:
    """Hold many tickets, and write what becomes of them at the end, in few statements.

    Until then the database does not know of it: for work that changes tickets by :func:`set_and_read`
    and by nothing else. When it fails, nothing is written.
    """
    rows = await tx.db.fetch_as(
        Ticket,
        f"SELECT {TICKET} FROM ticket WHERE workspace_id = $1 AND id = ANY($2)"
        " ORDER BY id FOR NO KEY UPDATE",
        tx.workspace_id,
        list(ids),
    )
    token = _together.set(_Held({row.id: row for row in rows}))
    try:
        yield
        await write_together(tx)
    finally:
        _together.reset(token)


async def write_together(tx: Tx) -> None:
    """Write now what has become of tickets that are held together: for whoever reads them otherwise."""
    held = _together.get()
    if held is None:
        return
    alike: dict[tuple[str, ...], list[int]] = {}
    for ticket_id, values in held.columns.items():
        alike.setdefault((*sorted(values), "updated_at", "version"), []).append(ticket_id)
    for names, ids in alike.items():
        rows = [
            {"id": one, **{name: getattr(held.tickets[one], name) for name in names}} for one in ids
        ]
        await tx.db.execute(
            f"UPDATE ticket t SET {', '.join(f'{name} = u.{name}' for name in names)}"
            " FROM jsonb_populate_recordset(NULL::ticket, $2::jsonb) AS u"
            " WHERE t.workspace_id = $1 AND t.id = u.id",
            tx.workspace_id,
            rows,
        )
    held.columns.clear()


def change(tx: Tx, ticket_id: int, **values: Any) -> sql.Update:
    """The step of :func:`set_fields`."""
    return sql.Update(
        "ticket",
        {"workspace_id": tx.workspace_id, "id": ticket_id},
        {**values, "updated_at": tx.now, "version": sql.Expr("version + 1")},
    )


async def statuses(tx: Tx) -> list[Status]:
    return await tx.db.fetch_as(
        Status,
        "SELECT id, category, name, position, allowed FROM ticket_status WHERE workspace_id = $1 ORDER BY position",
        tx.workspace_id,
    )


async def add_statuses(tx: Tx, rows: Sequence[Status]) -> None:
    await tx.db.executemany(
        "INSERT INTO ticket_status (workspace_id, id, category, name, position, allowed)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        [(tx.workspace_id, r.id, r.category, r.name, r.position, r.allowed) for r in rows],
    )


async def newer_customer_messages(tx: Tx, ticket_id: int, *, after: int) -> list[dict[str, Any]]:
    """What the customer wrote behind a message, for the question before a stale answer."""
    rows = await tx.db.fetch(
        "SELECT id::text AS id, author_name, body_text, created_at FROM message"
        " WHERE workspace_id = $1 AND ticket_id = $2 AND id > $3 AND direction = 'in' ORDER BY id LIMIT 20",
        tx.workspace_id,
        ticket_id,
        after,
    )
    return [
        {
            "id": row["id"],
            "author": row["author_name"],
            "text": text.preview(row["body_text"], length=400),
            "created_at": clock.text(row["created_at"]),
        }
        for row in rows
    ]


async def unit_of_team(tx: Tx, team_id: int | None) -> tuple[bool, int | None]:
    """Whether the team exists here, and its unit."""
    if team_id is None:
        return True, None
    row = await tx.db.fetchrow(
        "SELECT unit_id FROM team WHERE workspace_id = $1 AND id = $2 AND active",
        tx.workspace_id,
        team_id,
    )
    return row is not None, None if row is None else row[0]


async def is_team(tx: Tx, team_id: int) -> bool:
    """Whether there is such a team."""
    known, _ = await unit_of_team(tx, team_id)
    return known


async def exists(tx: Tx, table: str, key: int) -> bool:
    """Whether a row of a lower domain is there: an agent, a brand, a contact."""
    if table not in ("agent", "brand", "contact"):
        raise ValueError(table)
    extra = " AND active" if table in ("agent", "brand") else " AND merged_into IS NULL"
    found: bool = await tx.db.fetchval(
        f"SELECT EXISTS (SELECT FROM {table} WHERE workspace_id = $1 AND id = $2{extra})",
        tx.workspace_id,
        key,
    )
    return found


async def waiting_since(tx: Tx, ticket_id: int) -> datetime | None:
    """The oldest customer message behind the last answer that was not taken back."""
    value: datetime | None = await tx.db.fetchval(
        "SELECT min(created_at) FROM message WHERE workspace_id = $1 AND ticket_id = $2 AND direction = 'in'"
        " AND NOT automatic AND id > coalesce((SELECT max(id) FROM message WHERE workspace_id = $1"
        "   AND ticket_id = $2 AND direction = 'out' AND delivery_state <> 'cancelled'), 0)",
        tx.workspace_id,
        ticket_id,
    )
    return value


async def defaults(tx: Tx) -> tuple[int | None, int]:
    """The brand of what names none, and the state of all field definitions."""
    row = await tx.db.fetchrow(
        "SELECT (SELECT id FROM brand WHERE workspace_id = $1 AND active ORDER BY id LIMIT 1),"
        " coalesce((SELECT revision FROM field_catalog WHERE workspace_id = $1), 0)",
        tx.workspace_id,
    )
    return (row[0], row[1]) if row is not None else (None, 0)
