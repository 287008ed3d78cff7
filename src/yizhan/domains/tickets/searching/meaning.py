"""What operators of a search are made of: conditions, moments, people and teams by name."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from yizhan.kernel.tx import Tx

_MOST_NAMED = 500
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_SPAN = re.compile(r"(\d{1,4})([hdwmy])")
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}
_NEAR = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}

Raw = dict[str, Any]
NOTHING: Raw = {"any": []}


class Meaning(msgspec.Struct, frozen=True):
    """What an operator asks: a condition, SQL, or why it means nothing.

    In the SQL ``$2`` is the reader, ``{0}`` and so on are the places of ``args``.
    """

    condition: Raw | None = None
    sql: str | None = None
    args: tuple[Any, ...] = ()
    problem: str | None = None


BAD_DATE = Meaning(problem="bad_date")
UNKNOWN = Meaning(condition=NOTHING, problem="unknown_value")


def asks(field: str, op: str, value: Any = None) -> Raw:
    """One test."""
    return {"field": field, "op": op, "value": value}


def either(*parts: Raw) -> Raw:
    """One of them holds."""
    return {"any": list(parts)}


def moment(value: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The beginning of a day, month or year where the workspace is, or so long ago. Pure."""
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if value.lower() in _NEAR:
        return midnight - timedelta(days=_NEAR[value.lower()])
    if span := _SPAN.fullmatch(value.lower()):
        return now - timedelta(hours=int(span[1]) * _HOURS[span[2]])
    if day := _DAY.fullmatch(value):
        try:
            return datetime(int(day[1]), int(day[2] or 1), int(day[3] or 1), tzinfo=zone)
        except ValueError:
            return None
    return None


async def zone_of(tx: Tx) -> ZoneInfo:
    """Where the workspace is."""
    name: str = await tx.db.fetchval(
        "SELECT time_zone FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    return ZoneInfo(name)


async def named(tx: Tx, table: str, value: str) -> list[int]:
    """Agents or teams by a part of their name, agents by their address, too."""
    address = " OR lower(x.email) = lower($2)" if table == "agent" else ""
    rows = await tx.db.fetch(
        f"SELECT x.id FROM {table} x WHERE x.workspace_id = $1"
        f" AND (position(lower($2) in lower(x.name)) > 0{address}) LIMIT {_MOST_NAMED:d}",
        tx.workspace_id,
        value,
    )
    return [row[0] for row in rows]
