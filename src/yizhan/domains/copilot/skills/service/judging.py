"""Whether decisions were right, by what people did: when a ticket is resolved, when it comes back, with time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from yizhan.domains.copilot.contract import After
from yizhan.domains.copilot.skills import registry, repository
from yizhan.domains.copilot.skills.registry import Loaded
from yizhan.domains.copilot.skills.service import carrying, standing
from yizhan.domains.copilot.skills.types import Decision, JudgedBy, Verdict
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.domains.understanding import repository as understanding
from yizhan.domains.understanding import service as signals
from yizhan.domains.understanding.types import BY_AGENT
from yizhan.kernel.tx import Tx
from yizhan.learning import summary

JOB: Final = "copilot.skill_judge"
_A_NOD = 2  # characters: "ok", "好的"
_MOST_SAID = 200
_SAID = """
SELECT id, direction, left(body_text, 8000) AS text FROM message
WHERE workspace_id = $1 AND ticket_id = $2 AND id > $3 AND visibility = 'public'
  AND direction IN ('in', 'out') AND NOT automatic AND body_text <> ''
  AND delivery_state IS DISTINCT FROM 'cancelled' ORDER BY id LIMIT $4
"""


async def resolved(tx: Tx, ticket_id: int) -> None:
    """People are done with a ticket: compare. Twice is once."""
    for row in await repository.of_ticket(tx, ticket_id):
        loaded = _loaded(row)
        if loaded is None or row.verdict is not None:
            continue
        if row.fate == "done" and loaded.manifest.settles:
            continue  # it resolved the ticket itself: only time can tell
        await _compare(tx, loaded, row, by="compared")


async def prove(tx: Tx, decision_id: int) -> None:
    """A week has passed and the ticket did not come back."""
    row = await repository.one(tx, decision_id)
    loaded = _loaded(row) if row is not None else None
    if row is not None and loaded is not None and row.verdict is None:
        await _compare(tx, loaded, row, by="time")


async def reopened(tx: Tx, ticket_id: int, *, message_id: int) -> None:
    """The customer wrote again after all: that counts against what answered or closed the ticket."""
    text = await tx.db.fetchval(
        "SELECT body_text FROM message WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
    )
    if _is_courtesy(text or ""):
        return
    oldest = tx.now - carrying.PROVEN_AFTER
    for row in await repository.of_ticket(tx, ticket_id):
        loaded = _loaded(row)
        if loaded is None or not loaded.manifest.settles or row.message_id >= message_id:
            continue
        proven = row.verdict == "right" and (row.judged_at or row.at) >= oldest
        waiting = row.verdict is None and row.fate == "done" and row.at >= oldest
        if proven or waiting:
            await _judge(tx, loaded, row, verdict="wrong", by="reopened")


def _is_courtesy(text: str) -> bool:
    """Thanks, or a nod: nothing comes back with it."""
    found = summary.sentences(text)
    return len(re.findall(r"\w", text)) <= _A_NOD or all(map(summary.is_courtesy, found))


def _loaded(row: Decision) -> Loaded | None:
    """The skill; None where it is not installed any more."""
    return next((one for one in registry.known() if one.id == row.skill), None)


async def _compare(tx: Tx, loaded: Loaded, row: Decision, *, by: JudgedBy) -> None:
    try:
        output = msgspec.convert(row.output, loaded.skill.Output)
    except msgspec.ValidationError:  # made by another version: nothing can be said of it
        await repository.judge(tx, row.id, verdict="unclear", by=by)
        return
    right = loaded.skill.judge(output, await _after(tx, row))
    if row.fate == "open":
        await repository.settle(tx, row.id, fate="lapsed")
    verdict: Verdict = "unclear" if right is None else "right" if right else "wrong"
    await _judge(tx, loaded, row, verdict=verdict, by=by)


async def _judge(tx: Tx, loaded: Loaded, row: Decision, *, verdict: Verdict, by: JudgedBy) -> None:
    await repository.judge(tx, row.id, verdict=verdict, by=by)
    if verdict != "unclear":
        await standing.settle(tx, loaded, intent=row.intent, ticket_id=row.ticket_id)


async def _after(tx: Tx, row: Decision) -> After:
    ticket: Ticket = await tickets.get(tx, row.ticket_id)
    said: Sequence[Any] = await tx.db.fetch(
        _SAID, tx.workspace_id, row.ticket_id, row.message_id, _MOST_SAID
    )
    settings, _ = await understanding.settings(tx)
    known = (await signals.signals(tx, [row.ticket_id])).get(row.ticket_id)
    intent = known.readings.get("intent") if known is not None else None
    field = settings.filling.field
    return After(
        priority=ticket.priority,
        type=ticket.type,
        tags=tuple(ticket.tags),
        field=str(ticket.fields.get(field) or "") if field else "",
        intent=intent.label if intent is not None and intent.model == BY_AGENT else None,
        replies=tuple(one["text"] for one in said if one["direction"] == "out"),
        more=tuple(one["text"] for one in said if one["direction"] == "in"),
        articles=await _articles(tx, row),
        carried=row.fate in ("done", "accepted"),
    )


async def _articles(tx: Tx, row: Decision) -> tuple[str, ...]:
    """Articles that people used since. Uses event_ticket."""
    found = await tx.db.fetch(
        "SELECT data->>'article_id' FROM event WHERE workspace_id = $1 AND ticket_id = $2"
        " AND id > $3 AND type = 'article.used' LIMIT 100",
        tx.workspace_id,
        row.ticket_id,
        row.message_id,
    )
    return tuple(str(one[0]) for one in found)
