"""How good a skill is on cases: of all that should be decided and all that should not."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

import msgspec

from yizhan.domains.copilot.contract import Case, Decided
from yizhan.domains.copilot.skills import registry
from yizhan.domains.copilot.skills.registry import Folder
from yizhan.learning import metrics

Fate = Literal["right", "wrong", "missed", "quiet", "broken"]
Ask = Callable[[Folder, Any], Awaitable[Decided | None]]
"""Decides instead of the embedded path: with a model, for instance."""


class CaseOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a case.

    ``right``: decided as it should be. ``wrong``: decided otherwise, or where nothing should be.
    ``missed``: nothing said where something should be. ``quiet``: nothing said, rightly.
    ``broken``: the case does not have the form of the skill's input, or the skill raised an error.
    """

    id: str
    fate: Fate
    confidence: float = 0.0
    why: str = ""
    wanted: Any = None
    got: Any = None

    @property
    def passed(self) -> bool:
        return self.fate in ("right", "quiet")


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """A skill on cases. ``precision`` is of what it decided, ``recall`` of what it should have."""

    skill: str
    version: str
    prompt_version: str
    threshold: float
    cases: int
    passed: int
    decided: int
    precision: float
    precision_low: float
    precision_high: float
    recall: float
    ms_per_case: float
    outcomes: list[CaseOutcome]

    @property
    def is_good(self) -> bool:
        """Nothing that it decided was wrong, and it decided something."""
        return self.decided > 0 and all(
            one.fate not in ("wrong", "broken") for one in self.outcomes
        )


async def evaluate(
    skill_id: str,
    cases: Sequence[Case] | None = None,
    *,
    threshold: float | None = None,
    ask: Ask | None = None,
) -> Evaluation:
    """Run a skill over cases, its own unless others are given; without a model unless ``ask`` has one.

    No database and no tenant. Errors: UnknownSkill.
    """
    loaded = registry.folder(skill_id)
    least = loaded.manifest.confidence if threshold is None else threshold
    began = time.perf_counter()
    chosen = loaded.cases() if cases is None else cases
    outcomes = [await _one(loaded, case, least=least, ask=ask) for case in chosen]
    took = (time.perf_counter() - began) * 1000
    fates = [one.fate for one in outcomes]
    right, wrong = fates.count("right"), fates.count("wrong")
    wanted = sum(1 for case in chosen if case.output is not None)
    precision = metrics.share(right, right + wrong)
    return Evaluation(
        skill=loaded.id,
        version=loaded.manifest.version,
        prompt_version=loaded.prompt_version,
        threshold=least,
        cases=len(outcomes),
        passed=sum(1 for one in outcomes if one.passed),
        decided=right + wrong,
        precision=precision.value,
        precision_low=precision.low,
        precision_high=precision.high,
        recall=right / wanted if wanted else 0.0,
        ms_per_case=took / max(1, len(outcomes)),
        outcomes=outcomes,
    )


async def _one(loaded: Folder, case: Case, *, least: float, ask: Ask | None) -> CaseOutcome:
    try:
        seen = msgspec.convert(case.input, loaded.seen, strict=False)
        wanted = case.output and msgspec.convert(case.output, loaded.wanted, strict=False)
        found = await _found(loaded, case, seen, ask=ask)
        sure = found if found is not None and loaded.counts(seen, found, least=least) else None
        same = sure is not None and wanted is not None and loaded.is_same(wanted, sure.output)
    except Exception as error:  # a case or a skill of somebody else's: told, and the others go on
        return CaseOutcome(id=case.id, fate="broken", why=f"{type(error).__name__}: {error}"[:300])
    if sure is None:
        fate: Fate = "quiet" if wanted is None else "missed"
    else:
        fate = "right" if same else "wrong"
    return CaseOutcome(
        id=case.id,
        fate=fate,
        confidence=found.confidence if found else 0.0,
        why=found.why if found else "",
        wanted=case.output,
        got=None if found is None else loaded.told_of(found.output),
    )


async def _found(loaded: Folder, case: Case, seen: Any, *, ask: Ask | None) -> Decided | None:
    if ask is not None:
        return await ask(loaded, seen)
    return loaded.alone(seen) if case.given is None else loaded.given(seen, case.given)
