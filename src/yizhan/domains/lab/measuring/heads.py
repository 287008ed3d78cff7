"""Intent, category, emotion and urgency, read as messages of customers are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from yizhan.domains.lab import grading
from yizhan.domains.lab.measuring.contract import Tried
from yizhan.domains.lab.types import Asked, Kind, Said
from yizhan.domains.understanding.service import measuring
from yizhan.domains.understanding.types import OUT_OF_SCOPE, HeadSettings, Judged, Reading
from yizhan.kernel import jobs
from yizhan.kernel.tx import Tx

# A category that was never trained is that of the intent.
_READ_BY: Final[dict[str, tuple[Judged, ...]]] = {
    "intent": ("intent",),
    "category": ("category", "intent"),
    "emotion": ("emotion",),
    "urgency": ("urgency",),
}


class Heads:
    """What reads messages, with one head looked at."""

    def __init__(self, ctx: jobs.Context, reader: measuring.Reader, *, head: Kind) -> None:
        self._ctx = ctx
        self._reader = reader
        self._head = head
        self.fingerprint = reader.fingerprint(*_READ_BY[head])
        own = next((one for one in _READ_BY[head] if reader.name(one)), None)
        self._trained = None if own is None else reader.trained.get(own)
        settings = reader.settings.head(head)
        self.measured: dict[str, Any] = {
            "version": "" if own is None else reader.name(own),
            "threshold": settings.threshold,
            "on": settings.on,
        }

    async def answer(self, cases: Sequence[Asked]) -> list[Said]:
        found = await measuring.read(
            self._ctx.store,
            self._ctx.config.data,
            [one.text for one in cases],
            by=self._reader,
        )
        return [
            self._said(case, readings.get(self._head))
            for case, readings in zip(cases, found, strict=True)
        ]

    def _said(self, case: Asked, reading: Reading | None) -> Said:
        learned = (
            self._trained is not None
            and case.learned_until is not None
            and self._trained < case.learned_until
        )
        if reading is None or reading.label is None:
            return Said(answer=(), confidence=0.0, worth=0.0, learned=learned)
        label = reading.label if reading.in_scope else OUT_OF_SCOPE
        right = not measuring.names(label).isdisjoint(case.expected)
        return Said(
            answer=(case.expected[0] if right else label,),
            confidence=round(reading.confidence, 4),
            worth=grading.HALF if reading.abstained else float(right),
            learned=learned,
        )


async def bench(ctx: jobs.Context, tx: Tx, head: Kind, *, tried: Tried) -> Heads:
    version_id, heads = tried.version_id, {}
    change = tried.change
    if change is not None and change.kind == "model":
        version_id = int(change.variant)
    if change is not None and change.kind == "threshold":
        wanted = HeadSettings(on=change.detail["on"], threshold=change.detail["threshold"])
        heads = {msgspec.convert(change.subject, Judged): wanted}
    trial = measuring.Trial(version_id=version_id, heads=heads)
    return Heads(ctx, await measuring.reader(tx, trial), head=head)
