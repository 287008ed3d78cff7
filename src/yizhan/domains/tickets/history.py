"""Any ticket as it was: the log replayed up to a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.tickets import custom, errors, schemas
from yizhan.domains.tickets.service import access
from yizhan.kernel import events, pagination, text
from yizhan.kernel.actor import stamped
from yizhan.kernel.tx import Tx

_EVENTS = """
SELECT workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data
FROM event WHERE workspace_id = $1 AND ticket_id = $2
"""


def replay(logged: Iterable[events.Logged]) -> dict[str, Any] | None:
    """The state that a ticket's events lead to; None before its creation. Pure."""
    state: dict[str, Any] | None = None
    for event in logged:
        if event.type == "ticket.created":
            state = {"number": event.data["number"], "version": 0, "fields": {}}
            state |= {"watchers": [], "messages": []}
        if state is None:
            continue
        for name, (old, new) in (event.data.get("changes") or {}).items():
            if name == "watchers":
                state["watchers"] = [w for w in state["watchers"] if w != old] + (
                    [new] if new else []
                )
            elif name.startswith(catalog.PREFIX):
                rest = {k: v for k, v in state["fields"].items() if f"{catalog.PREFIX}{k}" != name}
                state["fields"] = (
                    rest if new is None else {**rest, name[len(catalog.PREFIX) :]: new}
                )
            else:
                state[name] = new
        _move(state["messages"], event)
        state["updated_at"] = event.at
    return state


def _move(messages: list[int], event: events.Logged) -> None:
    """Which messages a ticket has after an event."""
    if event.type in ("message.received", "message.queued", "message.noted"):
        messages.append(event.data["message_id"])
    elif event.type == "message.retracted":
        _drop(messages, [event.data["message_id"]])
    elif event.type == "ticket.messages_moved":
        moved = event.data["message_ids"]
        if event.data["way"] == "in":
            messages.extend(moved)
        else:
            _drop(messages, moved)


def _drop(messages: list[int], gone: Iterable[int]) -> None:
    away = {str(number) for number in gone}
    messages[:] = [number for number in messages if str(number) not in away]


# What the log does not repeat: words and people, as far as they were there at the moment. $2 are
# the messages that it had then, $4 the answers that had been taken back.
_AROUND = """
WITH said AS (
  SELECT id, direction, automatic, body_text, created_at FROM message
  WHERE workspace_id = $1 AND id = ANY($2) AND created_at <= $3
    AND direction <> 'system' AND id <> ALL($4)
), answered AS (
  SELECT max(id) AS last, min(created_at) AS first FROM said WHERE direction = 'out' AND NOT automatic
)
SELECT (SELECT name FROM contact WHERE workspace_id = $1 AND id = $5) AS requester,
  (SELECT body_text FROM said ORDER BY id LIMIT 1) AS description,
  (SELECT body_text FROM said WHERE direction <> 'note' ORDER BY id DESC LIMIT 1) AS last_words,
  (SELECT count(*) FROM said) + cardinality($4) AS message_count,
  (SELECT max(created_at) FROM said WHERE direction <> 'note') AS last_message_at,
  (SELECT max(created_at) FROM said WHERE direction = 'in') AS last_customer_at,
  (SELECT first FROM answered) AS first_reply_at,
  (SELECT min(created_at) FROM said WHERE direction = 'in' AND NOT automatic
     AND id > coalesce((SELECT last FROM answered), 0)) AS waiting_since
"""
_TALKS = """
SELECT id::text, channel, inbox_id::text, contact_id::text, false AS can_reply,
  NULL::timestamptz AS window_closes_at, reply_to, '' AS reason, NULL::timestamptz AS read_at
FROM conversation WHERE workspace_id = $1 AND created_at <= $3 AND id IN (
  SELECT conversation_id FROM message WHERE workspace_id = $1 AND id = ANY($2)) ORDER BY id DESC
"""
_DONE = ("resolved", "closed")


async def as_of(tx: Tx, ticket_id: int, *, moment: datetime) -> schemas.TicketOut:
    """A ticket as it was at a moment; nothing can be done to it there, and its version is 0.

    Errors: TicketNotFound, also before it began.
    """
    await access.ticket(tx, ticket_id)
    rows = await tx.db.fetch_as(
        events.Logged, f"{_EVENTS} AND at <= $3 ORDER BY id", tx.workspace_id, ticket_id, moment
    )
    state = replay(rows)
    if state is None:
        raise errors.TicketNotFound
    place = (tx.workspace_id, [int(number) for number in state["messages"]], moment)
    undone = [int(row.data["message_id"]) for row in rows if row.type == "message.cancelled"]
    requester = int(state["requester_id"])
    record = await tx.db.fetchrow(_AROUND, *place, undone, requester)
    around = dict(record or {})
    talks = await tx.db.fetch_as(schemas.ConversationOut, _TALKS, *place)
    done_at = _done_at(rows)
    state["fields"] = await custom.shown(tx, state["fields"])
    fields = {
        **{name: state.get(name) for name in schemas.TicketOut.__struct_fields__ if name in state},
        "id": str(ticket_id),
        "requester": {"id": str(requester), "name": around.pop("requester") or ""},
        "description": around.pop("description") or "",
        "preview": text.preview(around.pop("last_words") or ""),
        **around,
        "waiting_since": None if done_at else around["waiting_since"],
        "resolved_at": done_at,
        "unread": False,
        "draft": False,
        "version": 0,
        "created_at": rows[0].at,
        "watchers": [str(agent_id) for agent_id in state["watchers"]],
        "conversations": msgspec.to_builtins(talks),
        "participants": [],
        "follow_up_of": rows[0].data.get("follow_up_of"),
        "allowed_statuses": [],
        "abilities": [],
    }
    fields.pop("messages", None)
    return msgspec.convert(fields, schemas.TicketOut)


def _done_at(rows: Iterable[events.Logged]) -> datetime | None:
    """Since when a ticket is resolved or closed; None while it is not."""
    since = None
    for row in rows:
        change = (row.data.get("changes") or {}).get("status_category")
        if change is not None:
            since = (since or row.at) if change[1] in _DONE else None
    return since


async def page(
    tx: Tx, ticket_id: int, *, limit: int | None, cursor: str | None
) -> pagination.Page[schemas.HistoryItem]:
    """Who did what, newest first."""
    await access.ticket(tx, ticket_id)
    key = pagination.decode(cursor, int)
    size = pagination.limit_of(limit)
    rows = await tx.db.fetch_as(
        events.Logged,
        f"{_EVENTS} AND id < $3 ORDER BY id DESC LIMIT {size + 1:d}",
        tx.workspace_id,
        ticket_id,
        key[0] if key else (1 << 63) - 1,
    )
    shown = await custom.shown_changes(tx, [row.data.get("changes") or {} for row in rows])
    items = [
        schemas.HistoryItem(
            id=str(row.id),
            at=row.at,
            actor=stamped(row.actor),
            type=row.type,
            changes=changes,
            cause=row.data.get("cause") or {},
            data={k: v for k, v in row.data.items() if k not in ("changes", "cause", "ticket_id")},
        )
        for row, changes in zip(rows, shown, strict=True)
    ]
    return pagination.page(items, size, lambda item: (int(item.id),))
