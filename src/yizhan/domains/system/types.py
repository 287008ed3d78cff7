"""What is promised, measured and advised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

Window = Literal["1h", "24h", "30d"]
State = Literal["none", "ok", "warn", "bad"]
Level = Literal["info", "warn", "bad"]

WINDOWS: tuple[Window, ...] = ("1h", "24h", "30d")


class Words(msgspec.Struct, frozen=True):
    """One sentence in the languages of the interface."""

    zh: str
    en: str


class Check(msgspec.Struct, frozen=True):
    """What `yizhan doctor` looked at, what it found, and what to do."""

    name: str
    ok: bool
    detail: str
    cure: Words | None = None


class Objective(msgspec.Struct, frozen=True):
    """A promise: this share is good. ``within``: seconds; 0 where no time is measured."""

    measure: str
    target: float
    within: float


class Count(msgspec.Struct):
    """How many there were and how many of them were good."""

    good: int = 0
    total: int = 0
    worst: float | None = None

    @property
    def bad(self) -> int:
        return self.total - self.good

    @property
    def share(self) -> float | None:
        return self.good / self.total if self.total else None


class Verdict(msgspec.Struct, frozen=True):
    """How a promise is kept. ``budget``: what is left of the failures that it allows in 30 days, as a
    share; below 0 more failed. ``burn``: how many times as fast as allowed they come, by window."""

    state: State
    budget: float | None
    burn: dict[Window, float | None]


class Statement(msgspec.Struct, frozen=True):
    """What one statement of ours has cost. ``share``: of the time of all statements."""

    place: str
    text: str
    calls: int
    seconds: float
    worst: float
    share: float
    per_minute: float

    @property
    def mean(self) -> float:
        return self.seconds / self.calls if self.calls else 0.0


class Table(msgspec.Struct, frozen=True):
    """What the database counts of a table."""

    name: str
    rows: int
    dead: int
    changed: int  # rows since the last ANALYZE
    scans: int  # of the whole table
    scanned: int  # rows read by them
    index_scans: int
    bytes: int
    analyzed_at: datetime | None
    vacuumed_at: datetime | None


class Index(msgspec.Struct, frozen=True):
    """What the database counts of an index."""

    name: str
    table: str
    scans: int
    bytes: int
    valid: bool
    needed: bool  # unique: it is there for more than reading


class Transaction(msgspec.Struct, frozen=True):
    """A transaction that has been open for long."""

    pid: int
    state: str
    seconds: float


class Evidence(msgspec.Struct, frozen=True):
    """All that advice rests on."""

    statements: list[Statement]
    tables: list[Table]
    indexes: list[Index]
    transactions: list[Transaction]
    database: Mapping[str, Any]  # pg_stat_database, and settings of the server
    pool: Count  # connections had at once, of all that were asked for
    pool_size: int
    source: str  # where the figures of statements come from
    since: datetime | None


class Finding(msgspec.Struct, frozen=True):
    """Something that costs or will cost, the figures that say so, and what to do."""

    key: str
    level: Level
    subject: str
    facts: dict[str, float | int | str]
    text: Words
    cure: Words
