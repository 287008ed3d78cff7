"""Why an agent can or cannot have a waiting ticket. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from yizhan.domains.routing import needs
from yizhan.domains.routing.needs import Basis, Needs
from yizhan.domains.routing.pool import Seen
from yizhan.domains.routing.schemas.reasons import ConsideredAgent, Hindrance, NeededSkill

SHOWN = 50
_HARD = frozenset(("inactive", "no_permission", "offline", "on_leave"))


def skills(
    basis: Basis, now: Needs, *, names: Mapping[int, str], rules: Mapping[int, str]
) -> list[NeededSkill]:
    """What is asked for, and what of it is still needed."""
    return [
        NeededSkill(
            skill_id=str(one.skill_id),
            name=names.get(one.skill_id, ""),
            level=one.level,
            level_now=needs.level_of(now.need, one.skill_id),
            required=one.required,
            rules=[rules[key] for key in one.rule_ids if key in rules],
        )
        for one in basis.skills
    ]


def agent(
    seen: Seen,
    *,
    team_id: int,
    wanted: Sequence[NeededSkill],
    language: str | None,
    channel: str,
    cost: int,
) -> ConsideredAgent:
    """Everything that keeps one agent from a ticket, not only the first thing."""
    found = [*_absence(seen, team_id), *_lacks(seen, wanted, language)]
    truth = seen.truth
    if seen.load + cost > truth.capacity:
        found.append(Hindrance(code="full", has=seen.load, needs=truth.capacity))
    most = truth.limits.get(channel)
    if most is not None and truth.counts.get(channel, 0) >= most:
        found.append(Hindrance(code="channel_full", has=truth.counts.get(channel, 0), needs=most))
    return ConsideredAgent(
        agent_id=str(truth.agent_id),
        name=truth.name,
        fits=not found,
        load=seen.load,
        capacity=truth.capacity,
        hindrances=found,
    )


def _absence(seen: Seen, team_id: int) -> Iterable[Hindrance]:
    truth, standing = seen.truth, seen.standing
    if not truth.active:
        yield Hindrance(code="inactive")
        return
    if truth.state == "offline":
        yield Hindrance(code="offline")
    elif truth.state == "away":
        yield Hindrance(code="away")
    if standing.on_leave:
        yield Hindrance(code="on_leave", until=standing.next_change_at)
    elif not standing.on_shift:
        yield Hindrance(code="off_shift", until=standing.next_change_at)
    if team_id not in seen.teams:
        yield Hindrance(code="no_permission")


def _lacks(seen: Seen, wanted: Sequence[NeededSkill], language: str | None) -> Iterable[Hindrance]:
    if language and language not in seen.truth.languages:
        yield Hindrance(code="language")
    for one in wanted:
        has = seen.truth.skills.get(int(one.skill_id), 0)
        if has < one.level_now:
            yield Hindrance(
                code="skill", skill_id=one.skill_id, skill=one.name, needs=one.level_now, has=has
            )


def nearest(considered: Iterable[ConsideredAgent]) -> list[ConsideredAgent]:
    """Those who are kept by least, and by what passes soonest, first."""

    def distance(one: ConsideredAgent) -> tuple[bool, int, str]:
        codes = [hindrance.code for hindrance in one.hindrances]
        return any(code in _HARD for code in codes), len(codes), one.name

    return sorted(considered, key=distance)[:SHOWN]


def count(considered: Iterable[ConsideredAgent]) -> dict[str, int]:
    """How many agents each thing keeps away."""
    return dict(Counter(code for o in considered for code in {h.code for h in o.hindrances}))
