"""What a ticket needs of an agent, and what of it falls away while nobody has it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from yizhan.domains.routing.types import AssignmentSettings, SkillNeed

PREFERRED, LEVEL = "preferred", "level"
_BITS = {PREFERRED: 1, LEVEL: 2}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A skill that rules ask for; of several rules the highest level and the strictest word hold."""

    skill_id: int
    level: int
    required: bool
    rule_ids: tuple[int, ...] = ()


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of whoever gets a ticket, before anything loosens."""

    team_id: int
    skills: tuple[Asked, ...] = ()
    language: str | None = None
    language_required: bool = False
    preferred_minutes: int = 0  # preferred ones are waited for so long
    lower_minutes: int | None = None  # then required levels are one lower


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed at a moment, as words of :mod:`matching`."""

    need: frozenset[str]
    preferred: frozenset[str]
    loosened: tuple[str, ...]
    next_at: datetime | None


def team_word(team_id: int) -> str:
    return f"t:{team_id}"


def language_word(language: str) -> str:
    return f"l:{language}"


def skill_word(skill_id: int, level: int) -> str:
    return f"s:{skill_id}:{level}"


def abilities(
    *, teams: Iterable[int], languages: Iterable[str], skills: Mapping[int, int]
) -> frozenset[str]:
    """All that an agent fits; who can do a skill at a level can do it at each below."""
    return frozenset(
        [
            *map(team_word, teams),
            *map(language_word, languages),
            *(skill_word(one, n) for one, most in skills.items() for n in range(1, most + 1)),
        ]
    )


def language_of(locale: str | None) -> str | None:
    """``zh-CN`` is spoken by whoever speaks ``zh``."""
    first = (locale or "").replace("_", "-").partition("-")[0].strip().lower()
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else None


def basis(
    team_id: int,
    settings: AssignmentSettings,
    *,
    locale: str | None,
    rules: Iterable[tuple[int, Iterable[SkillNeed]]],
) -> Basis:
    """What the rules that hold for a ticket and its customer's language ask for together."""
    found: dict[int, Asked] = {}
    for rule_id, asked in rules:
        for one in asked:
            skill_id = int(one.skill_id)
            old = found.get(skill_id, Asked(skill_id=skill_id, level=1, required=False))
            found[skill_id] = Asked(
                skill_id=skill_id,
                level=max(old.level, one.level),
                required=old.required or one.required,
                rule_ids=(*old.rule_ids, rule_id),
            )
    return Basis(
        team_id=team_id,
        skills=tuple(found[key] for key in sorted(found)),
        language=None if settings.language == "ignored" else language_of(locale),
        language_required=settings.language == "required",
        preferred_minutes=settings.preferred_minutes,
        lower_minutes=settings.lower_minutes,
    )


def at(asked: Basis, *, entered: datetime, now: datetime) -> Needs:
    """What is needed of an agent now, of a ticket that began to wait then."""
    loosened: list[str] = []
    ahead: list[datetime] = []
    for name, minutes in _steps(asked):
        moment = entered + timedelta(minutes=minutes)
        if moment <= now:
            loosened.append(name)
        else:
            ahead.append(moment)
    less = 1 if LEVEL in loosened else 0
    need = {team_word(asked.team_id)}
    need |= {skill_word(o.skill_id, max(1, o.level - less)) for o in asked.skills if o.required}
    if asked.language and asked.language_required:
        need.add(language_word(asked.language))
    # Also levels that are no longer needed come first while somebody has them.
    wanted = {skill_word(one.skill_id, one.level) for one in asked.skills}
    if asked.language:
        wanted.add(language_word(asked.language))
    waits = PREFERRED not in loosened and asked.preferred_minutes > 0
    if waits:
        need |= wanted - _required(asked)
    return Needs(
        need=frozenset(need),
        preferred=frozenset(wanted - need),
        loosened=tuple(loosened),
        next_at=min(ahead, default=None),
    )


def _required(asked: Basis) -> set[str]:
    found = {skill_word(one.skill_id, one.level) for one in asked.skills if one.required}
    if asked.language and asked.language_required:
        found.add(language_word(asked.language))
    return found


def _steps(asked: Basis) -> list[tuple[str, int]]:
    """What loosens after how many minutes, where it makes a difference."""
    found = []
    prefers = any(not one.required for one in asked.skills) or (
        asked.language is not None and not asked.language_required
    )
    if prefers and asked.preferred_minutes > 0:
        found.append((PREFERRED, asked.preferred_minutes))
    if asked.lower_minutes is not None and any(o.required and o.level > 1 for o in asked.skills):
        found.append((LEVEL, asked.lower_minutes))
    return found


def step_of(loosened: Iterable[str]) -> int:
    """As the database keeps it."""
    return sum(_BITS[name] for name in loosened)


def loosened_of(step: int) -> tuple[str, ...]:
    """The inverse of :func:`step_of`."""
    return tuple(name for name, bit in _BITS.items() if step & bit)


def class_of(found: Needs, *, channel: str, cost: int) -> int:
    """The same number for all tickets that the same agents fit in the same order."""
    said = "|".join([*sorted(found.need), "", *sorted(found.preferred), channel, str(cost)])
    digest = hashlib.blake2b(said.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def level_of(abilities_: frozenset[str], skill_id: int) -> int:
    """The level that somebody has in a skill; 0: they do not have it."""
    return max((n for n in range(1, 6) if skill_word(skill_id, n) in abilities_), default=0)
