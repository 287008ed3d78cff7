"""Macros at a ticket: which fit, what they would do, doing it, and how often they were of use."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from yizhan.domains.automation import contract, errors, schemas
from yizhan.domains.automation.contract import Why
from yizhan.domains.automation.service import actions, macros, texts
from yizhan.domains.automation.types import Macro, Outcome, Run
from yizhan.domains.tickets import filters
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

# An answer that was sent later than this after the insertion is not counted as coming from it.
_COUNTS_FOR = timedelta(days=2)
_ALIKE = 0.4
_MOST_COMPARED = 4_000


class Offered(msgspec.Struct, frozen=True):
    """A macro that fits a ticket, with its text as it would be inserted."""

    macro: Macro
    filled: texts.Filled


class Applied(msgspec.Struct, frozen=True):
    """What applying did: a text to insert, files to attach, a change set."""

    text: texts.Filled
    files: tuple[int, ...]
    run: Run | None


async def _fitting(tx: Tx, ticket_id: int, rows: Sequence[Macro]) -> list[Macro]:
    """Those whose condition holds. One that can no longer be asked (a field is gone) is left out."""
    conditions: dict[int, filters.Condition] = {}
    for row in rows:
        try:
            conditions[row.id] = await macros.check_condition(tx, row.condition)
        except kernel_errors.Invalid:
            continue
    held = set(await filters.matching(tx, ticket_id, conditions=conditions))
    return [row for row in rows if row.id in held]


async def offered(tx: Tx, ticket_id: int) -> list[Offered]:
    """The macros that fit a ticket, most used by the actor first, then by folder and title."""
    ticket = await tickets.get(tx, ticket_id)
    rows = await _fitting(tx, ticket_id, await macros.listed(tx, active=True))
    values = await texts.values(tx, ticket)
    often = await _often(tx)
    ordered = sorted(rows, key=lambda row: -often.get(row.id, 0))
    return [
        Offered(row, texts.fill_variant(texts.choose(row.texts, values.locale), values))
        for row in ordered
    ]


async def _often(tx: Tx) -> dict[int, int]:
    rows = await tx.db.fetch(
        "SELECT macro_id, count(*) FROM macro_use WHERE workspace_id = $1 AND agent_id = $2"
        " AND at > $3 GROUP BY macro_id",
        tx.workspace_id,
        tx.actor.agent_id or 0,
        tx.now - timedelta(days=90),
    )
    return {row[0]: row[1] for row in rows}


async def preview(
    tx: Tx, ticket_id: int, *, macro_id: int
) -> tuple[texts.Filled, list[actions.Foreseen], bool]:
    """The text as it would be inserted, what each action would do, and whether the macro fits."""
    ticket = await tickets.get(tx, ticket_id)
    row = await macros.get(tx, macro_id)
    values = await texts.values(tx, ticket)
    filled = texts.fill_variant(texts.choose(row.texts, values.locale), values)
    why = Why("macro", str(row.id), name=row.title)
    foreseen = await actions.foresee(tx, ticket_id, steps=row.steps, why=why)
    return filled, foreseen, bool(await _fitting(tx, ticket_id, [row]))


async def apply(tx: Tx, ticket_id: int, *, macro_id: int, despite: Collection[str] = ()) -> Applied:
    """Run a macro's actions as one change set and give its text for the editor.

    ``despite``: somebody was asked about what is open, and goes on.

    Errors: MacroNotFound, MacroDoesNotApply, those of the actions; then nothing has happened.
    """
    ticket = await tickets.get(tx, ticket_id)
    row = await macros.usable(tx, macro_id)
    if not await _fitting(tx, ticket_id, [row]):
        raise errors.MacroDoesNotApply
    values = await texts.values(tx, ticket)
    filled = texts.fill_variant(texts.choose(row.texts, values.locale), values)
    run: Run | None = None
    if row.actions:
        try:
            why = Why("macro", str(row.id), name=row.title)
            steps = actions.despite(row.steps, despite)
            run = await actions.run(tx, ticket_id, steps=steps, why=why)
        except contract.NothingToDo:
            run = None
    await tx.db.execute(
        "INSERT INTO macro_use (workspace_id, id, macro_id, ticket_id, agent_id, at, text)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.workspace_id,
        tx.new_id(),
        row.id,
        ticket_id,
        tx.actor.agent_id,
        tx.now,
        filled.text,
    )
    return Applied(filled, await macros.lend_files(tx, row), run)


# --------------------------------------------------------------------------------- figures


def outcome(inserted: str, sent: str) -> Outcome:
    """What became of an inserted text in the answer that was sent. Pure."""
    given, got = " ".join(inserted.split()), " ".join(sent.split())
    if not given or given == got or got.startswith(f"{given} ") or got.endswith(f" {given}"):
        return "unchanged"  # a greeting or a signature around it is no edit of it
    alike = difflib.SequenceMatcher(
        None, given[:_MOST_COMPARED], got[:_MOST_COMPARED], autojunk=False
    )
    if alike.quick_ratio() < _ALIKE:
        return "dropped"
    kept = sum(block.size for block in alike.get_matching_blocks())
    return "edited" if kept >= _ALIKE * min(len(given), _MOST_COMPARED) else "dropped"


async def note_sent(tx: Tx, event: events.Logged) -> None:
    """An answer was queued: settle the insertions of its writer at this ticket."""
    message_id = int(event.data["message_id"])
    said = await tx.db.fetchrow(
        "SELECT body_text, author_id FROM message WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
    )
    if said is None:
        return
    rows = await tx.db.fetch(
        "SELECT id, text FROM macro_use WHERE workspace_id = $1 AND ticket_id = $2 AND agent_id = $3"
        " AND outcome IS NULL AND text <> '' AND at <= $4 AND at > $5",
        tx.workspace_id,
        event.ticket_id,
        said["author_id"],
        event.at,
        event.at - _COUNTS_FOR,
    )
    for row in rows:
        await tx.db.execute(
            "UPDATE macro_use SET outcome = $3, message_id = $4 WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            row["id"],
            outcome(row["text"], said["body_text"]),
            message_id,
        )


_FIGURES = """
SELECT macro_id, count(*)::int AS used, count(DISTINCT agent_id)::int AS agents, max(at) AS last_used_at,
  count(*) FILTER (WHERE outcome = 'unchanged')::int AS unchanged,
  count(*) FILTER (WHERE outcome = 'edited')::int AS edited,
  count(*) FILTER (WHERE outcome = 'dropped')::int AS dropped
FROM macro_use WHERE workspace_id = $1 AND macro_id = ANY($2) GROUP BY macro_id
"""


async def figures(tx: Tx, ids: Sequence[int]) -> dict[int, schemas.Figures]:
    """How often macros were used, and what became of their text."""
    rows = await tx.db.fetch(_FIGURES, tx.workspace_id, list(ids))
    return {
        row["macro_id"]: schemas.Figures(**{k: v for k, v in row.items() if k != "macro_id"})
        for row in rows
    }


async def by_whom(tx: Tx, macro_id: int) -> list[dict[str, Any]]:
    """The figures of one macro by agent, the most frequent first."""
    await macros.get(tx, macro_id)
    rows = await tx.db.fetch(
        "SELECT agent_id::text, count(*)::int AS used, max(at) AS last_used_at,"
        " count(*) FILTER (WHERE outcome = 'unchanged')::int AS unchanged,"
        " count(*) FILTER (WHERE outcome = 'edited')::int AS edited"
        " FROM macro_use WHERE workspace_id = $1 AND macro_id = $2 GROUP BY agent_id"
        " ORDER BY 2 DESC, 1 LIMIT 200",
        tx.workspace_id,
        macro_id,
    )
    return [dict(row) for row in rows]
