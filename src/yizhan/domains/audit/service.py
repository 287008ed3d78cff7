"""Writing, reading and checking the audit chain."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import msgspec

from yizhan.domains.audit import chain, repository, selection
from yizhan.domains.audit.types import Entry, Row, Verdict
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.kernel.events import Logged
from yizhan.kernel.log import Position
from yizhan.kernel.tx import Tx

CONSUMER = "audit"
_BATCH = 1000
Object = tuple[str | None, str | None]  # kind and id


async def record(tx: Tx, batch: Sequence[Logged]) -> None:
    """Seal what belongs into the log. The reader's lock makes this the chain's only writer, and
    its cursor moves in this transaction: each event is sealed once.
    """
    kept = [event for event in batch if selection.is_kept(event)]
    if not kept:
        return
    addresses = await repository.addresses(tx, [event.id for event in kept])
    seq, previous = await repository.last(tx) or (0, chain.GENESIS)
    rows = []
    for event in kept:
        seq += 1
        entry = Entry(
            seq=seq,
            event_id=event.id,
            at=event.at,
            actor=event.actor,
            action=event.type,
            object=selection.object_of(event),
            detail=event.data,
            ip=addresses.get(event.id, ""),
        )
        previous = chain.seal(previous, entry, workspace_id=tx.workspace_id)
        rows.append(Row(**msgspec.structs.asdict(entry), hash=previous))
    await repository.add(tx, rows)


async def listed(
    tx: Tx, *, before: int | None, actor: str | None, action: str | None, limit: int
) -> list[Row]:
    """Newest first. ``action`` is exact or an area: ``agent`` finds ``agent.created``."""
    permissions.require(tx.actor, "audit:read")
    return await repository.listed(tx, before=before, actor=actor, action=action, limit=limit)


async def labels(tx: Tx, rows: Sequence[Row]) -> dict[Object, str]:
    """What people call the objects of some rows, as far as these still exist."""
    wanted = {(row.object.get("kind"), row.object.get("id")) for row in rows}
    named = sorted((kind, int(key)) for kind, key in wanted if kind and key and key.isdigit())
    return {(kind, str(key)): label for kind, key, label in await repository.labels(tx, named)}


def _fault(row: Row, *, seq: int, previous: bytes, workspace_id: int) -> str:
    """What is wrong with the row that should have the number ``seq``."""
    if row.seq != seq:
        return f"row {seq} is missing"
    if row.hash != chain.seal(previous, row, workspace_id=workspace_id):
        return f"row {seq} was changed, or does not follow row {seq - 1}"
    return ""


def _mismatch(row: Row, event: Logged) -> str:
    """Whether a row tells of another event than the log has at its place."""
    if row.event_id != event.id:
        return f"row {row.seq} should be about event {event.id} ({event.type})"
    if (row.action, row.actor, row.detail) != (event.type, event.actor, event.data):
        return f"row {row.seq} differs from event {event.id} of the log"
    return ""


async def _kept_events(tx: Tx) -> AsyncIterator[Logged]:
    """What the chain must hold: recounted from the event log, up to where it was handed over."""
    at, upto = Position((0, 0)), await repository.handed_over(tx, CONSUMER)
    while batch := await repository.events_between(tx, at, upto=upto, limit=_BATCH):
        for event in batch:
            if selection.is_kept(event):
                yield event
        at = Position((batch[-1].xid, batch[-1].id))


async def verify(tx: Tx) -> Verdict:
    """Walk one workspace's chain and find the first row that is not as it was written.

    Beside it the event log is walked, so that rows cut off at the end, and a chain that was sealed
    anew as a whole, are found too.
    """
    seq, previous = 0, chain.GENESIS
    expected = _kept_events(tx)
    event = await anext(expected, None)  # before the rows: those that come later are no fault
    while rows := await repository.rows_behind(tx, seq, limit=_BATCH):
        for row in rows:
            fault = _fault(row, seq=seq + 1, previous=previous, workspace_id=tx.workspace_id)
            if not fault and event is not None:
                fault = _mismatch(row, event)
            if fault:
                return Verdict(
                    ok=False, rows=seq, head=previous.hex(), broken_at=seq + 1, detail=fault
                )
            seq, previous = row.seq, row.hash
            event = await anext(expected, None)
    if event is not None:
        detail = f"row {seq + 1} is missing: it was about event {event.id} ({event.type})"
        return Verdict(ok=False, rows=seq, head=previous.hex(), broken_at=seq + 1, detail=detail)
    return Verdict(ok=True, rows=seq, head=previous.hex())


async def verify_all(database: Database) -> tuple[bool, str]:
    """Check the chains of all workspaces: for ``yizhan verify``. Returns the result in words."""
    rows = 0
    faults = []
    for workspace in await database.lookup("SELECT * FROM yizhan_workspaces()"):
        async with database.begin(system(workspace["workspace_id"])) as tx:
            verdict = await verify(tx)
        rows += verdict.rows
        if not verdict.ok:
            faults.append(f"{workspace['slug']}: {verdict.detail}")
    return not faults, "; ".join(faults) or f"{rows} rows are sealed and complete"
