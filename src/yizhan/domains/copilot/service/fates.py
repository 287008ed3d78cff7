"""What became of what the copilot made: not what somebody clicked, but what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from yizhan.domains.copilot import distances, errors, events, schemas
from yizhan.domains.copilot.repository import answers
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

# An answer that was sent later than this after the insertion is not counted as coming from it.
_COUNTS_FOR = timedelta(days=2)
_ACCEPTED = 0.02  # of its characters
_REPLACED = 0.8
_DAYS = 30


async def note(tx: Tx, answer_id: int, *, fate: str) -> str:
    """An agent inserted or discarded it. Errors: AnswerNotFound."""
    row = await answers.one(tx, answer_id)
    if row is None or row.agent_id != (tx.actor.agent_id or tx.actor.id):
        raise errors.AnswerNotFound
    if row.fate not in ("open", "inserted") or row.fate == fate:
        return row.fate
    await answers.settle(tx, answer_id, fate=fate)
    if fate == "discarded":
        _tell(tx, row, fate, None)
    return fate


def _tell(tx: Tx, row: answers.Made, fate: str, distance: int | None) -> None:
    tx.emit(
        events.CopilotSettled(
            answer_id=row.id, ticket_id=row.ticket_id, fate=fate, distance=distance
        )
    )


async def sent(tx: Tx, ticket_id: int, *, message_id: int) -> None:
    """An answer leaves: how much of what was inserted is in it?"""
    agent_id = tx.actor.agent_id or tx.actor.id
    if agent_id is None or tx.actor.kind not in ("agent", "token"):
        return
    since = tx.now - _COUNTS_FOR
    row = await answers.inserted(tx, ticket_id, agent_id=agent_id, since=since)
    if row is None:
        return
    body = await tx.db.fetchval(
        "SELECT body_text FROM message WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
    )
    distance = distances.between(row.body, body or "")
    share = distance / max(1, len(row.body))
    fate = "accepted" if share <= _ACCEPTED else "edited" if share < _REPLACED else "discarded"
    await answers.settle(tx, row.id, fate=fate, distance=distance, message_id=message_id)
    _tell(tx, row, fate, distance)


def _row(found: Any) -> schemas.AdoptionRow:
    agent = found["agent_id"]
    return schemas.AdoptionRow(
        task=found["task"],
        made_by=found["made_by"],
        agent_id=None if agent is None else str(agent),
        made=found["made"],
        accepted=found["accepted"],
        edited=found["edited"],
        discarded=found["discarded"],
        open=found["open"],
        changed=found["changed"],
    )


async def adoption(
    tx: Tx, *, since: datetime | None, until: datetime | None
) -> schemas.CopilotAdoption:
    """The last thirty days unless told otherwise. Errors: Forbidden."""
    permissions.require(tx.actor, "report:read")
    end = until or tx.now + timedelta(minutes=1)
    begin = since or end - timedelta(days=_DAYS)
    rows: list[Sequence[Any]] = [
        await answers.figures(tx, since=begin, until=end, by_agent=by_agent)
        for by_agent in (False, True)
    ]
    return schemas.CopilotAdoption([_row(one) for one in rows[0]], [_row(one) for one in rows[1]])
