"""The three scales: their steps, and what of them is good or bad. Pure.

* CSAT, 1 to 5: the share of 4 and 5.
* NPS, 0 to 10: the share of 9 and 10 less the share of 0 to 6, from -100 to 100.
* CES, 1 to 7: the mean; 7 is the easiest.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from yizhan.domains.surveys.types import Kind, Rating


class Scale(msgspec.Struct, frozen=True):
    """The first and the last step, the last bad and the first good one."""

    first: int
    last: int
    bad: int
    good: int

    @property
    def steps(self) -> range:
        return range(self.first, self.last + 1)


SCALES: dict[Kind, Scale] = {
    "csat": Scale(first=1, last=5, bad=2, good=4),
    "nps": Scale(first=0, last=10, bad=6, good=9),
    "ces": Scale(first=1, last=7, bad=3, good=5),
}


def rating(kind: Kind, score: int) -> Rating:
    """What a score means."""
    scale = SCALES[kind]
    if score <= scale.bad:
        return "bad"
    return "good" if score >= scale.good else "neutral"


def rating_sql(kind: str, score: str) -> str:
    """:func:`rating` as SQL over two columns."""
    bad = " ".join(f"WHEN '{name}' THEN {scale.bad}" for name, scale in SCALES.items())
    good = " ".join(f"WHEN '{name}' THEN {scale.good}" for name, scale in SCALES.items())
    return (
        f"(CASE WHEN {score} IS NULL THEN NULL WHEN {score} <= (CASE {kind} {bad} END) THEN 'bad'"
        f" WHEN {score} >= (CASE {kind} {good} END) THEN 'good' ELSE 'neutral' END)"
    )


def figure(kind: Kind, counts: Mapping[int, int]) -> float | None:
    """The figure that people know the scale by; None before anybody answered."""
    answered = sum(counts.values())
    if not answered:
        return None
    if kind == "ces":
        return round(sum(score * count for score, count in counts.items()) / answered, 2)
    shares = {"good": 0, "neutral": 0, "bad": 0}
    for score, count in counts.items():
        shares[rating(kind, score)] += count
    above = shares["good"] - (shares["bad"] if kind == "nps" else 0)
    return round(100 * above / answered, 1)
