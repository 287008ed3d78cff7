"""Levels are earned, lost, never above what is allowed, and the same results give the same level."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yizhan.domains.copilot.contract import LEVELS, Level
from yizhan.domains.copilot.skills import ladder
from yizhan.domains.copilot.skills.ladder import LadderRules, LadderRung
from yizhan.learning import metrics

RULES = LadderRules(
    suggest=LadderRung(5, 0.5),
    approve=LadderRung(6, 0.6),
    act=LadderRung(8, 0.7),
    newest=8,
    least=4,
    slack=0.1,
)
levels = st.sampled_from(LEVELS)


def walk(results: list[bool], *, limit: Level, start: Level = "shadow") -> list[ladder.Judged]:
    """The moves that a row of results makes; after each the count begins anew."""
    level, since, moves = start, list[bool](), list[ladder.Judged]()
    for one in results:
        since.append(one)
        judged = ladder.step(level, since, rules=RULES, limit=limit, evaluated=True)
        if judged.why is not None:
            level, since = judged.level, []
            moves.append(judged)
    return moves


@given(st.lists(st.booleans(), max_size=120), levels, levels)
def test_steps_are_single_within_the_limit_and_never_to_and_fro(
    results: list[bool], limit: Level, start: Level
) -> None:
    moves = walk(results, limit=limit, start=start)
    assert moves == walk(results, limit=limit, start=start)
    place = LEVELS.index(start)
    for move in moves:
        new = LEVELS.index(move.level)
        assert new <= LEVELS.index(limit) or move.why == "ceiling"
        assert new == LEVELS.index(limit) if move.why == "ceiling" else abs(new - place) == 1
        assert (new > place) == (move.why == "earned")
        place = new
    # Between two steps lie at least as many results as the smaller of both takes.
    assert len([one for one in moves if one.why != "ceiling"]) <= len(results) // RULES.in_a_row + 1


@given(levels, st.lists(st.booleans(), max_size=60))
def test_what_was_just_earned_is_not_lost_by_what_earned_it(
    level: Level, results: list[bool]
) -> None:
    judged = ladder.step(level, results, rules=RULES, limit="act", evaluated=True)
    if judged.why == "earned":
        rung = RULES.rung(judged.level)
        assert len(results) >= rung.results
        assert metrics.share(sum(results), len(results)).low >= rung.share
        assert ladder.has_fallen(judged.level, [], RULES) is None


def test_cases_that_fail_a_ceiling_and_too_few_results_hold_a_skill_back() -> None:
    good = [True] * 50
    assert ladder.step("shadow", good, rules=RULES, limit="act", evaluated=True).level == "suggest"
    for held in (
        ladder.step("shadow", good, rules=RULES, limit="act", evaluated=False),
        ladder.step("shadow", good, rules=RULES, limit="shadow", evaluated=True),
        ladder.step("shadow", good[:4], rules=RULES, limit="act", evaluated=True),
    ):
        assert (held.level, held.why) == ("shadow", None)
    fallen = ladder.step(
        "act", [True, False, True, False], rules=RULES, limit="act", evaluated=True
    )
    assert (fallen.level, fallen.why) == ("approve", "fell")
    assert ladder.step("act", [], rules=RULES, limit="suggest", evaluated=True).level == "suggest"


def test_what_is_missing_is_enough_when_it_is_there() -> None:
    results = [True, True, False, True]
    missing = ladder.missing(
        "approve", results, rules=LadderRules(), limit="approve", evaluated=True
    )
    assert missing is not None
    assert (missing.level, missing.allowed) == ("act", False)
    enough = results + [True] * missing.results
    assert ladder.is_earned("act", enough, LadderRules())
    assert not ladder.is_earned("act", enough[:-1], LadderRules())
    assert ladder.missing("act", [], rules=LadderRules(), limit="act", evaluated=True) is None
