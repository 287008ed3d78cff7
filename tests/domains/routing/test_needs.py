"""What a ticket needs, and what of it falls away with time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yizhan.domains.routing import needs
from yizhan.domains.routing.types import AssignmentSettings, SkillNeed

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def asked(
    settings: AssignmentSettings, *skills: SkillNeed, locale: str | None = None
) -> needs.Basis:
    return needs.basis(5, settings, locale=locale, rules=[(1, skills)])


def after(basis: needs.Basis, minutes: int) -> needs.Needs:
    return needs.at(basis, entered=NOON, now=NOON + timedelta(minutes=minutes))


def test_preferred_ones_fall_away_then_levels_go_down() -> None:
    settings = AssignmentSettings(preferred_minutes=10, lower_minutes=30, language="preferred")
    basis = asked(
        settings,
        SkillNeed(skill_id="7", level=3),
        SkillNeed(skill_id="8", level=2, required=False),
        locale="zh-CN",
    )
    first = after(basis, 0)
    assert first.need == {"t:5", "s:7:3", "s:8:2", "l:zh"}
    assert (first.loosened, first.next_at) == ((), NOON + timedelta(minutes=10))
    second = after(basis, 10)
    assert second.need == {"t:5", "s:7:3"}
    assert second.preferred == {"s:8:2", "l:zh"}, "still first in line"
    assert (second.loosened, second.next_at) == (("preferred",), NOON + timedelta(minutes=30))
    third = after(basis, 31)
    assert third.need == {"t:5", "s:7:2"}
    assert third.preferred == {"s:7:3", "s:8:2", "l:zh"}
    assert (third.loosened, third.next_at) == (("preferred", "level"), None)


def test_what_is_required_never_falls_away() -> None:
    settings = AssignmentSettings(preferred_minutes=1, lower_minutes=2, language="required")
    basis = asked(settings, SkillNeed(skill_id="7", level=1), locale="en_US")
    late = after(basis, 10_000)
    assert late.need == {"t:5", "s:7:1", "l:en"}
    assert late.loosened == (), "nothing became less, so nothing is said"


def test_without_waiting_the_preferred_only_come_first() -> None:
    basis = asked(
        AssignmentSettings(preferred_minutes=0), SkillNeed(skill_id="7", level=2, required=False)
    )
    now = after(basis, 0)
    assert now.need == {"t:5"}
    assert now.preferred == {"s:7:2"}
    assert (now.loosened, now.next_at) == ((), None)


def test_of_several_rules_the_strictest_holds() -> None:
    basis = needs.basis(
        5,
        AssignmentSettings(),
        locale="zh",
        rules=[
            (1, [SkillNeed(skill_id="7", level=4, required=False)]),
            (2, [SkillNeed(skill_id="7", level=2)]),
        ],
    )
    assert basis.skills == (needs.Asked(skill_id=7, level=4, required=True, rule_ids=(1, 2)),)
    assert basis.language is None, "the team does not ask for a language"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("EN_us", "en"), ("yue", "yue"), ("", None), (None, None), ("中文", None)],
)
def test_a_language_is_the_first_part_of_a_locale(locale: str | None, language: str | None) -> None:
    assert needs.language_of(locale) == language


def test_a_level_holds_for_each_below() -> None:
    able = needs.abilities(teams=[5], languages=["zh"], skills={7: 3})
    assert able == {"t:5", "l:zh", "s:7:1", "s:7:2", "s:7:3"}
    assert [needs.level_of(able, skill) for skill in (7, 8)] == [3, 0]


def test_the_same_needs_are_one_class() -> None:
    basis = asked(AssignmentSettings(), SkillNeed(skill_id="7", level=2))
    now = after(basis, 0)
    assert needs.class_of(now, channel="a", cost=1) == needs.class_of(now, channel="a", cost=1)
    assert needs.class_of(now, channel="a", cost=1) != needs.class_of(now, channel="b", cost=1)
    for step in range(4):
        assert needs.step_of(needs.loosened_of(step)) == step
