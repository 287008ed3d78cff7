"""Which stage a customer is in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from yizhan.domains.profile.types import MANY, Fact, Figures, StageRule


def stage(rules: Sequence[StageRule], figures: Figures) -> tuple[str | None, dict[str, Any]]:
    """The stage by the first rule that holds, and why: the rule and the figures it asked for."""
    for number, rule in enumerate(rules):
        if all(test.holds(figures) for test in rule.tests):
            asked = {test.metric: figures.get(test.metric, 0) for test in rule.tests}
            return rule.stage, {
                "rule": number,
                "tests": msgspec.to_builtins(rule.tests),
                "figures": asked,
            }
    return None, {}


def current(facts: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    """What holds now, and what was said besides: the newest first.

    Of what can be true only once an agent's word holds, else the newest; so the order in which messages
    are read does not matter, and neither do merges.
    """
    holds: list[Fact] = []
    past: list[Fact] = []
    seen: set[tuple[str, str]] = set()
    for fact in sorted(facts, key=lambda one: one.rank, reverse=True):
        place = (fact.key, fact.normal if fact.key in MANY else "")
        if fact.state == "gone" or place in seen:
            past.append(fact)
        else:
            seen.add(place)
            holds.append(fact)
    return holds, past
