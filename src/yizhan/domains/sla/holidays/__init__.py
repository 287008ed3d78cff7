"""Public holidays that come with Yizhan, as authorities announced them. Pure."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources

import msgspec


class PublicDay(msgspec.Struct, frozen=True):
    """A date that differs: a day off, or a day of the weekend on which people work."""

    date: str
    name: dict[str, str]
    works: bool


class HolidaySet(msgspec.Struct, frozen=True):
    """The days of a country in a year, and who announced them."""

    id: str
    year: int
    name: dict[str, str]
    source: str
    days: list[PublicDay]


class _Days(msgspec.Struct, forbid_unknown_fields=True):
    zh: str
    en: str
    off: tuple[date, date]
    work: list[date] = []


class _Set(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    year: int
    zh: str
    en: str
    source: str
    days: list[_Days]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    sets: list[_Set]


@cache
def known() -> tuple[HolidaySet, ...]:
    """All sets, the newest first."""
    found: list[HolidaySet] = []
    for file in resources.files(__package__).iterdir():
        if file.name.endswith(".toml"):
            read = msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File)
            found += [_set(one) for one in read.sets]
    return tuple(sorted(found, key=lambda one: (-one.year, one.id)))


def _set(one: _Set) -> HolidaySet:
    days = [day for part in one.days for day in _spread(part)]
    return HolidaySet(
        id=one.id,
        year=one.year,
        name={"zh": one.zh, "en": one.en},
        source=one.source,
        days=sorted(days, key=lambda day: day.date),
    )


def _spread(part: _Days) -> list[PublicDay]:
    first, last = part.off
    name = {"zh": part.zh, "en": part.en}
    off = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    made_up = {"zh": f"{part.zh}调休上班", "en": f"{part.en}: make-up day"}
    return [PublicDay(day.isoformat(), name, works=False) for day in off] + [
        PublicDay(day.isoformat(), made_up, works=True) for day in part.work
    ]
