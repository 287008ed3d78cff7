"""What a person sees of the health of the knowledge base: quotes of tickets only as far as they may see
those; a finding that rests on others' tickets alone is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.upkeep import errors, events
from yizhan.domains.upkeep.repository import checks, findings
from yizhan.domains.upkeep.types import Check, Finding, Kind, Source, State
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx

PERMISSION: Final = "knowledge:edit"
MOST_DRAFTS: Final = 100


class Overview(msgspec.Struct, frozen=True):
    """The newest check and what is open."""

    check: Check | None
    counts: dict[Kind, int]
    drafts: int


class DraftRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with the sources that the actor may see; ``numbers`` of their tickets."""

    row: Any
    sources: list[Source]
    numbers: dict[int, int]


async def overview(tx: Tx) -> Overview:
    permissions.require(tx.actor, PERMISSION)
    drafts = await findings.drafts(tx, limit=MOST_DRAFTS)
    return Overview(await checks.newest(tx), await findings.counts(tx), len(drafts))


async def check(tx: Tx, check_id: int) -> Check:
    """Errors: CheckNotFound."""
    permissions.require(tx.actor, PERMISSION)
    found = await checks.one(tx, check_id)
    if found is None:
        raise errors.CheckNotFound
    return found


async def listed(
    tx: Tx, *, kind: Kind, state: State, limit: int | None, cursor: str | None
) -> tuple[pagination.Page[Finding], dict[int, int]]:
    """Findings, those with most behind them first, and the numbers of their tickets."""
    permissions.require(tx.actor, PERMISSION)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int, int)
    before = (key[0], key[1]) if key else None
    rows = await findings.listed(tx, kind=kind, state=state, before=before, limit=size + 1)
    page = pagination.page(rows, size, lambda row: (row.count, row.id))
    numbers = await _numbers(tx, page.items)
    shown = [one for row in page.items if (one := _within(row, numbers)) is not None]
    return pagination.Page(shown, page.next_cursor), numbers


async def one(tx: Tx, finding_id: int, *, lock: bool = False) -> Finding:
    """Errors: FindingNotFound, also for what rests on tickets that the actor may not see."""
    permissions.require(tx.actor, PERMISSION)
    found = await findings.one(tx, finding_id, lock=lock)
    shown = None if found is None else _within(found, await _numbers(tx, [found]))
    if shown is None:
        raise errors.FindingNotFound
    return shown


async def _numbers(tx: Tx, rows: Sequence[Finding]) -> dict[int, int]:
    ids = [
        quote.ticket_id
        for row in rows
        for quote in row.evidence.quotes
        if quote.ticket_id is not None
    ]
    return await findings.seen(tx, ids)


def _within(row: Finding, numbers: dict[int, int]) -> Finding | None:
    """The finding with the quotes that may be seen. Pure."""
    quotes = tuple(
        quote
        for quote in row.evidence.quotes
        if quote.ticket_id is None or quote.ticket_id in numbers
    )
    if len(quotes) == len(row.evidence.quotes):
        return row
    if not quotes and (row.kind == "gap" or row.reason == "value"):
        return None
    title = quotes[0].text if row.kind == "gap" else row.title
    evidence = msgspec.structs.replace(row.evidence, quotes=quotes)
    return msgspec.structs.replace(row, evidence=evidence, title=title)


async def settle(tx: Tx, finding_id: int, *, state: State) -> Finding:
    """Dismiss, or take that back. Errors: FindingNotFound."""
    row = await one(tx, finding_id, lock=True)
    if row.state != state:
        kept = await findings.one(tx, finding_id)
        await findings.settle(tx, kept or row, state=state)
        tx.emit(events.KnowledgeFindingSettled(finding_id=row.id, kind=row.kind, state=state))
    return msgspec.structs.replace(row, state=state)


async def drafts(tx: Tx, *, article_id: int | None = None) -> list[DraftRow]:
    """Drafts from tickets that wait for somebody to read them; or of one article."""
    permissions.require(tx.actor, PERMISSION)
    rows = await findings.drafts(tx, limit=MOST_DRAFTS, article_id=article_id)
    sources = [msgspec.convert(row["sources"], list[Source]) for row in rows]
    numbers = await findings.seen(
        tx, [ticket for each in sources for source in each for ticket in source.tickets]
    )
    return [
        DraftRow(
            row=row, sources=[one for one in each if one.ticket_id in numbers], numbers=numbers
        )
        for row, each in zip(rows, sources, strict=True)
    ]
