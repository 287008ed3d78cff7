"""Training that nobody asked for: once a week, or when enough labels came together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from yizhan.domains.understanding.training import repository
from yizhan.domains.understanding.training.service import labels, training
from yizhan.domains.understanding.training.types import HEADS, Cause, Head, Settings, Version
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

JOB: Final = "understanding.look_for_labels"
TIMER: Final = "learning"
SOON: Final = timedelta(minutes=10)
DAILY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
LEAST_NEW: Final = 10
"""New labels without which a weekly training would only find the same again."""


async def heard(tx: Tx) -> None:
    """A label came: look soon whether there are enough. Many labels are one look."""
    await timers.advance(tx, kind=TIMER, key="labels", due=tx.now + SOON, job=JOB)


async def look(tx: Tx) -> list[Version]:
    """Start what is due; look again tomorrow."""
    settings = await repository.settings(tx)
    started = [
        await training.start(tx, head, cause=cause)
        for head in HEADS
        if (cause := await _due(tx, head, settings=settings)) is not None
    ]
    await timers.schedule(tx, kind=TIMER, key="labels", due=tx.now + DAILY, job=JOB)
    return started


async def _due(tx: Tx, head: Head, *, settings: Settings) -> Cause | None:
    if await repository.in_state(tx, head, state="training") is not None:
        return None
    examples = await labels.gather(tx, head)
    if training.too_few([one.label for one in examples]) is not None:
        return None
    last = await repository.newest(tx, head)
    until = "" if last is None else last.snapshot.get("until") or ""
    fresh = sum(one.at.isoformat() > until for one in examples)
    return due(settings, fresh=fresh, last=None if last is None else last.created_at, now=tx.now)


def due(settings: Settings, *, fresh: int, last: datetime | None, now: datetime) -> Cause | None:
    """Why a head is trained now, if it is."""
    if settings.after_labels is not None and fresh >= settings.after_labels:
        return "labels"
    if settings.weekly and fresh >= LEAST_NEW and (last is None or now - last >= WEEK):
        return "weekly"
    return None
