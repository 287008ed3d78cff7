"""What is known of a ticket follows from its messages and from what people said: made anew each time."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.tickets.service import moods
from yizhan.domains.understanding import composing, events, messages, repository
from yizhan.domains.understanding.reading import shipped
from yizhan.domains.understanding.reading.heads import Asked
from yizhan.domains.understanding.service import alerting, filling
from yizhan.domains.understanding.types import HEADS, Reading, Settings, Signals
from yizhan.kernel.tx import Tx


class Moved(Exception):
    """The message went to another ticket while it was read."""


async def take_in(
    tx: Tx, asked: Asked, *, readings: list[Reading], ms: float, settings: Settings
) -> None:
    """Write what was read in a message, and tell. The same twice is once. Errors: Moved."""
    if not readings or not await repository.hold(tx, asked.ticket_id):
        return
    place = await messages.where(tx, asked.message_id)
    if place is None:
        return
    if place != asked.ticket_id:
        raise Moved
    is_known = bool(await repository.of_message(tx, asked.message_id))
    await repository.put(tx, asked.ticket_id, readings=readings, ms=ms)
    changes = await settle(tx, asked.ticket_id, settings=settings, heard=asked.message_id)
    if changes or not is_known:
        tx.emit(
            events.MessageUnderstood(
                ticket_id=asked.ticket_id, message_id=asked.message_id, changes=changes
            )
        )


async def settle(
    tx: Tx, ticket_id: int, *, settings: Settings, heard: int | None = None
) -> events.Changes:
    """Make anew what is known of a ticket that is held. Returns what differs from before.

    ``heard`` is the message that has just been read: only news turn a mood so that people are told.
    """
    before = (await repository.current(tx, [ticket_id])).get(ticket_id)
    spoken = await repository.spoken(tx, ticket_id)
    if not spoken:
        await repository.forget(tx, ticket_id)
        await moods.put(tx, ticket_id, None)
        return {}
    said = await repository.corrections(tx, ticket_id)
    known = composing.signals(ticket_id, spoken, corrections=said, categories=shipped.categories())
    is_bad = composing.is_bad(spoken, threshold=settings.alerts.threshold, corrections=said)
    turned_at = ((before.turned_at if before else None) or tx.now) if is_bad else None
    known = msgspec.structs.replace(known, turned_at=turned_at)
    await repository.put_current(tx, known, turned_at=turned_at)
    await moods.put(tx, ticket_id, _mood(known))
    if heard is not None and is_bad and (kinds := _news(before, known)) is not None:
        await alerting.tell(tx, known, message_id=heard, kinds=kinds, settings=settings)
    if heard is not None:
        await filling.fill(tx, known, settings=settings)
    return _changes(before, known)


def _mood(known: Signals) -> moods.Mood | None:
    if known.turned_at is None:
        return None
    return "grave" if known.grave else "negative"


def _news(before: Signals | None, known: Signals) -> list[str] | None:
    """What fell that calls for somebody, if the mood has turned or that is new; else None."""
    kinds = composing.grave(known.hits)
    if before is None or before.turned_at is None:
        return kinds
    fresh = sorted(set(kinds) - set(composing.grave(before.hits)))
    return fresh or None


def _changes(before: Signals | None, known: Signals) -> dict[str, list[Any]]:
    pairs: dict[str, list[Any]] = {
        head: [None if before is None else before.label(head), known.label(head)] for head in HEADS
    }
    old = None if before is None else _mood(before)
    pairs["mood"] = [old, _mood(known)]
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
