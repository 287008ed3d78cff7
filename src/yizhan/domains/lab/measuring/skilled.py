"""What a skill decides of its cases, as it is set or as it would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET

from yizhan.domains.copilot.service import setup
from yizhan.domains.copilot.skills.service import measuring
from yizhan.domains.copilot.skills.service.evaluating import CaseOutcome
from yizhan.domains.copilot.skills.types import Deciding
from yizhan.domains.lab import grading
from yizhan.domains.lab.measuring.contract import CannotMeasure, Tried
from yizhan.domains.lab.service import skilled
from yizhan.domains.lab.types import Asked, Said, Set
from yizhan.kernel import jobs
from yizhan.kernel.tx import Tx

_WORTH: Final = {"right": 1.0, "quiet": 1.0, "missed": grading.HALF, "wrong": 0.0, "broken": 0.0}


class Skilled:
    """A skill, asked as customers' messages ask it."""

    def __init__(self, ctx: jobs.Context, workspace_id: int, way: measuring.Way) -> None:
        self._ctx = ctx
        self._who = ctx.system(workspace_id, name="lab")
        self._way = way
        self.fingerprint = way.fingerprint
        self.measured: dict[str, Any] = way.measured

    async def answer(self, cases: Sequence[Asked]) -> list[Said]:
        asked = [
            skilled.case(
                one.id, seen={} if one.input is UNSET else one.input, expected=one.expected[0]
            )
            for one in cases
        ]
        try:
            found = await measuring.evaluate(self._ctx, self._who, way=self._way, cases=asked)
        except measuring.CannotMeasure as why:
            raise CannotMeasure(why.reason) from why
        return [_said(case, one) for case, one in zip(cases, found, strict=True)]


def _said(case: Asked, found: CaseOutcome) -> Said:
    """Right is what the skill calls the same; what it says too unsurely is left to a person."""
    worth = _WORTH[found.fate]
    if worth == 1.0:
        answer = case.expected[0]
    else:
        answer = skilled.NOTHING if found.fate == "missed" else skilled.said(found.got)
    return Said(answer=(answer,), confidence=round(found.confidence, 4), worth=worth)


async def bench(ctx: jobs.Context, tx: Tx, row: Set, *, tried: Tried) -> Skilled:
    """Errors: UnknownSkill."""
    change, instead, server = tried.change, None, None
    if change is not None and change.kind == "skill":
        instead = msgspec.convert(change.detail, Deciding)
    if change is not None and change.kind == "server":
        server = setup.wanted(change.detail)
    way = await measuring.way(tx, skilled.of_set(row), instead=instead, server=server)
    return Skilled(ctx, tx.workspace_id, way)
