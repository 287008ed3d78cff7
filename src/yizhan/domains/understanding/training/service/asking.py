"""The queue of messages whose label would teach most, answered with one key each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any, Final, cast

from yizhan.domains.identity import permissions
from yizhan.domains.understanding import messages
from yizhan.domains.understanding.service import showing
from yizhan.domains.understanding.training import errors, events, schemas
from yizhan.domains.understanding.training.service import labels
from yizhan.domains.understanding.training.types import OOS, Head
from yizhan.domains.understanding.types import Judged
from yizhan.kernel import ids
from yizhan.kernel.tx import Tx
from yizhan.learning import asking

PERMISSION: Final = "learning:label"
OLDEST: Final = timedelta(days=60)
LOOKED_AT: Final = 1500
SHOWN: Final = 1200
GUESSES: Final = 5
HEADS: Final[tuple[Head, ...]] = ("intent", "category", "emotion", "urgency")

# The newest messages that were read and of which nobody has said anything. Uses the index signal_head.
_OPEN = f"""
SELECT s.message_id, s.ticket_id, s.label, s.confidence, s.in_scope, s.abstained, s.others, s.model,
  t.number, t.subject AS title, m.created_at, m.subject, left(m.body_text, {SHOWN}) AS body, NOT EXISTS (
    SELECT FROM message e WHERE e.workspace_id = $1 AND e.ticket_id = m.ticket_id AND e.id < m.id
    AND e.direction IN ('in', 'out')) AS is_first
FROM signal s
JOIN message m ON m.workspace_id = s.workspace_id AND m.id = s.message_id
JOIN ticket t ON t.workspace_id = s.workspace_id AND t.id = s.ticket_id
WHERE s.workspace_id = $1 AND s.head = $2 AND s.message_id >= $3
  AND m.direction = 'in' AND NOT m.automatic AND m.body_text <> ''
  AND NOT EXISTS (SELECT FROM label_answer a WHERE a.workspace_id = $1 AND a.head = $2
    AND a.message_id = s.message_id)
  AND NOT EXISTS (SELECT FROM signal_correction c WHERE c.workspace_id = $1 AND c.ticket_id = s.ticket_id
    AND c.head = $2 AND c.message_id = s.message_id)
  AND {{where}}
ORDER BY s.message_id DESC LIMIT {LOOKED_AT}
"""
_PUT = """
INSERT INTO label_answer (workspace_id, head, message_id, ticket_id, label, guessed, agent_id, answered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (workspace_id, head, message_id) DO UPDATE SET label = excluded.label,
  agent_id = excluded.agent_id, answered_at = excluded.answered_at
"""


async def queue(tx: Tx, head: Head, *, most: int) -> schemas.LabelQueue:
    """What to ask next, of tickets that the actor sees."""
    _check(tx, head)
    since = tx.now - OLDEST
    where, values = permissions.ticket_condition(tx.actor, "ticket:read", first=4)
    first = ids.first_at(int(since.timestamp() * 1000))
    rows = await tx.db.fetch(_OPEN.format(where=where), tx.workspace_id, head, first, *values)
    by_id = {row["message_id"]: row for row in rows}
    counts = Counter(one.label for one in await labels.gather(tx, head))
    chosen = asking.choose([_candidate(tx, row) for row in rows], most=most, examples=counts)
    return schemas.LabelQueue(
        head=head,
        items=[_item(by_id[one.id]) for one in chosen],
        waiting=len(rows),
        answered=await _answered_today(tx, head),
    )


def _check(tx: Tx, head: Head) -> None:
    permissions.require(tx.actor, PERMISSION)
    if head not in HEADS:
        raise errors.LabelUnknown("Only customers can say how satisfied they were.")


def _guesses(row: Any) -> list[tuple[str, float]]:
    found = [] if row["label"] is None else [(row["label"], row["confidence"])]
    return [*found, *((str(label), float(p)) for label, p in row["others"])][:GUESSES]


def _candidate(tx: Tx, row: Any) -> asking.Candidate:
    shares = [share for _, share in _guesses(row)] + [0.0, 0.0]
    return asking.Candidate(
        id=row["message_id"],
        text=row["body"],
        label=row["label"] if row["label"] and row["in_scope"] else OOS,
        margin=shares[0] - shares[1],
        age=(tx.now - row["created_at"]).total_seconds() / 86_400,
    )


def _item(row: Any) -> schemas.AskedMessage:
    return schemas.AskedMessage(
        message_id=str(row["message_id"]),
        ticket=schemas.AskedTicket(str(row["ticket_id"]), row["number"], row["title"]),
        text=messages.text_of(row["subject"], row["body"], is_first=row["is_first"]),
        at=row["created_at"],
        guesses=[schemas.LabelGuess(label, share) for label, share in _guesses(row)],
    )


async def _answered_today(tx: Tx, head: Head) -> int:
    found: int = await tx.db.fetchval(
        "SELECT count(*) FROM label_answer WHERE workspace_id = $1 AND agent_id = $2"
        " AND answered_at > $3 AND head = $4 AND label IS NOT NULL",
        tx.workspace_id,
        tx.actor.agent_id,
        tx.now - timedelta(hours=12),
        head,
    )
    return found


async def answer(tx: Tx, message_id: int, said: schemas.LabelAnswer) -> None:
    """What a message is; None as label: cannot tell. The last word holds. Errors: NotAsked, LabelUnknown."""
    _check(tx, said.head)
    row = await _message(tx, message_id, head=said.head)
    label = None if said.label is None else await _known(tx, said)
    await tx.db.execute(
        _PUT,
        tx.workspace_id,
        said.head,
        message_id,
        row["ticket_id"],
        label,
        row["label"],
        tx.actor.agent_id,
        tx.now,
    )
    tx.emit(
        events.LabelAnswered(
            message_id=message_id, ticket_id=row["ticket_id"], head=said.head, label=label
        )
    )


async def take_back(tx: Tx, message_id: int, *, head: Head) -> None:
    """The answer counts no more, and the message may be asked for again. Errors: NotAsked."""
    _check(tx, head)
    row = await _message(tx, message_id, head=head)
    gone = await tx.db.fetchval(
        "DELETE FROM label_answer WHERE workspace_id = $1 AND head = $2 AND message_id = $3"
        " RETURNING message_id",
        tx.workspace_id,
        head,
        message_id,
    )
    if gone is not None:
        tx.emit(events.LabelTakenBack(message_id=message_id, ticket_id=row["ticket_id"], head=head))


async def _message(tx: Tx, message_id: int, *, head: Head) -> Any:
    where, values = permissions.ticket_condition(tx.actor, "ticket:read", first=4)
    row = await tx.db.fetchrow(
        "SELECT m.ticket_id, s.label FROM message m"
        " JOIN ticket t ON t.workspace_id = m.workspace_id AND t.id = m.ticket_id"
        " LEFT JOIN signal s ON s.workspace_id = m.workspace_id AND s.message_id = m.id AND s.head = $3"
        f" WHERE m.workspace_id = $1 AND m.id = $2 AND m.direction = 'in' AND {where}",
        tx.workspace_id,
        message_id,
        head,
        *values,
    )
    if row is None:
        raise errors.NotAsked
    return row


async def _known(tx: Tx, said: schemas.LabelAnswer) -> str:
    """A label that there is, or one that is meant to be new: a slip of a key is no new label."""
    label = (said.label or "").strip()
    fixed = showing.is_fixed(said.head)
    if label == OOS and fixed is None:
        return label
    known = [one.label for one in await showing.labels(tx, cast("Judged", said.head))]
    if label in known or (said.new and fixed is None and label):
        return label
    raise errors.LabelUnknown
