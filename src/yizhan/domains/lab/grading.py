"""The figures of a run, and what differs from another. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from yizhan.domains.lab.types import Asked, Said, Turned, Verdict
from yizhan.learning import metrics

HALF: Final = 0.5
"""What leaving a case to a person is worth: better than a wrong answer, less than the right one."""
_SEED: Final = 1
_LITTLE: Final = 1e-9


class Compared(NamedTuple):
    """What a run does otherwise than its base."""

    verdict: Verdict
    report: dict[str, Any]
    turned: dict[int, Turned]


def figures(cases: Sequence[Asked], said: Sequence[Said]) -> dict[str, Any]:
    """Plain JSON; shares with their 95 % intervals as value, low, high."""
    worth = [one.worth for one in said]
    answers = [one.answer[0] if one.answer else "" for one in said]
    truth = [
        answer if answer in case.expected else case.expected[0]
        for case, answer in zip(cases, answers, strict=True)
    ]
    right = [one >= 1.0 for one in worth]
    return {
        "examples": len(said),
        "right": metrics.share(sum(right), len(right))._asdict(),
        "found": metrics.share(sum(one > 0 for one in worth), len(worth))._asdict(),
        "score": metrics.share(sum(worth), len(worth))._asdict(),
        "macro_f1": metrics.macro_f1(truth, answers),
        "learned": sum(one.learned for one in said),
    }


def compared(said: Mapping[int, Said], before: Mapping[int, Said], *, tolerance: float) -> Compared:
    """Case by case. What either side may have learned from proves nothing and is left out.

    Worse is worse by more than ``tolerance`` of the mean worth: a set is too small for chance to be ruled
    out, and whoever looks at the cases can overrule it.
    """
    both = sorted(case for case in said if case in before)
    fair = [case for case in both if not said[case].learned and not before[case].learned]
    turned: dict[int, Turned] = {}
    for case in fair:
        gap = said[case].worth - before[case].worth
        if abs(gap) > _LITTLE:
            turned[case] = "mended" if gap > 0 else "broke"
    more = metrics.better(
        [before[case].worth for case in fair], [said[case].worth for case in fair], seed=_SEED
    )
    broke = sum(one == "broke" for one in turned.values())
    report = {
        "examples": len(fair),
        "left_out": len(said) - len(fair),
        "difference": more._asdict(),
        "broke": broke,
        "mended": len(turned) - broke,
    }
    verdict = _verdict(more.value, len(fair), tolerance=tolerance)
    return Compared(verdict, {**report, "verdict": verdict}, turned)


def is_alarming(report: Mapping[str, Any]) -> bool:
    """Worse than its base by more than the set tolerates, or by little but with no doubt: the whole
    interval of the difference is below nothing."""
    compared = report.get("comparison")
    if compared is None:
        return False
    return bool(compared["verdict"] == "worse" or compared["difference"]["high"] < -_LITTLE)


def _verdict(difference: float, examples: int, *, tolerance: float) -> Verdict:
    if not examples:
        return "nothing"
    if difference < -tolerance - _LITTLE:
        return "worse"
    if difference < -_LITTLE:
        return "tolerated"
    return "better" if difference > _LITTLE else "same"
