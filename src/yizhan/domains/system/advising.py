"""What slows the database, from figures to words. Pure: nothing is guessed that no figure says.

Each rule looks at one kind of evidence and says what it found, how it knows, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from yizhan.domains.system import serving
from yizhan.domains.system.types import Evidence, Finding, Statement, Table, Words

MB = 1024 * 1024
MOST_SLOW = 5
SLOW_MEAN = 0.05  # seconds; with a share of the time that is felt
SLOW_SHARE = 0.1
VERY_SLOW_MEAN = 0.5
LEAST_CALLS = 5
MANY_ROWS = 10_000
LARGE_TABLE = 50_000
MANY_SCANS = 100
UNUSED_BYTES = 64 * MB
LONG = 7 * 86_400.0  # seconds of counting before something counts as never used

_WORD = re.compile(r"[a-z_][a-z0-9_]*")


def findings(evidence: Evidence) -> list[Finding]:
    """All that the evidence says, the worst first."""
    found = [finding for rule in _RULES for finding in rule(evidence)]
    rank = {"bad": 0, "warn": 1, "info": 2}
    return sorted(found, key=lambda one: rank[one.level])


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 10 else f"{seconds:.0f} s"


def _share(share: float) -> str:
    return f"{share * 100:.0f} %" if share >= 0.1 else f"{share * 100:.1f} %"


def _when(moment: datetime | None) -> Words:
    said = f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
    return Words(said or "从未", said or "never")


def slow_statements(evidence: Evidence) -> Iterator[Finding]:
    """Statements that take long and take much of the time, or take very long."""
    ill = {one.subject for rule in (stale, dead, read_whole) for one in rule(evidence)}
    slow = [one for one in evidence.statements if one.calls >= LEAST_CALLS and _is_slow(one)]
    for one in slow[:MOST_SLOW]:
        words = set(_WORD.findall(one.text.lower()))
        blamed = sorted(ill & words)
        name = one.place or one.text[:80]
        yield Finding(
            "statement_slow",
            "bad" if one.mean >= VERY_SLOW_MEAN and one.share >= SLOW_SHARE else "warn",
            name,
            {
                "mean_ms": round(one.mean * 1000, 1),
                "worst_ms": round(one.worst * 1000, 1),
                "per_minute": round(one.per_minute, 2),
                "share": round(one.share, 4),
                "calls": one.calls,
            },
            Words(
                f"{name}：平均 {_ms(one.mean)}，每分钟 {one.per_minute:.1f} 次，"
                f"占语句总时间的 {_share(one.share)}",
                f"{name}: {_ms(one.mean)} on average, {one.per_minute:.1f} a minute, "
                f"{_share(one.share)} of the time of all statements",
            ),
            _cure_of_slow(blamed),
        )


def _is_slow(one: Statement) -> bool:
    return (one.mean >= SLOW_MEAN and one.share >= SLOW_SHARE) or one.mean >= VERY_SLOW_MEAN


def _cure_of_slow(blamed: list[str]) -> Words:
    if blamed:
        names = ", ".join(blamed)
        return Words(
            f"它读取的表有下面的问题，先处理：{names}",
            f"It reads tables that have a problem named below; cure that first: {names}",
        )
    return Words(
        "它读取的表统计信息新、清理及时、没有被整表读取：请把支持包发给开发者",
        "The tables that it reads are analysed, vacuumed and not read whole: send the support bundle to the developers",
    )


def stale(evidence: Evidence) -> Iterator[Finding]:
    """Tables that have changed a lot since their statistics were made."""
    for one in evidence.tables:
        if one.changed > max(MANY_ROWS, one.rows // 5):
            when = _when(one.analyzed_at)
            yield Finding(
                "table_stale",
                "warn",
                one.name,
                {"rows": one.rows, "changed": one.changed, "analyzed_at": when.en},
                Words(
                    f"表 {one.name} 的统计信息过时：{one.rows} 行中 {one.changed} 行在上次分析（{when.zh}）后改变",
                    f"The statistics of table {one.name} are out of date: {one.changed} of {one.rows} rows changed "
                    f"since the last ANALYZE ({when.en})",
                ),
                Words(f"运行 ANALYZE {one.name};", f"Run ANALYZE {one.name};"),
            )


def dead(evidence: Evidence) -> Iterator[Finding]:
    """Tables full of rows that nobody sees any more: autovacuum does not keep up."""
    for one in evidence.tables:
        if one.dead > max(MANY_ROWS, one.rows // 5):
            when = _when(one.vacuumed_at)
            held = evidence.transactions[:1]
            extra = Words("", "")
            if held:
                extra = Words(
                    f"先结束长事务 {held[0].pid}，否则清理不掉；",
                    f"End the long transaction {held[0].pid} first, it keeps them; ",
                )
            yield Finding(
                "table_dead",
                "warn",
                one.name,
                {"rows": one.rows, "dead": one.dead, "vacuumed_at": when.en},
                Words(
                    f"表 {one.name} 有 {one.dead} 个死行（{one.rows} 个活行），上次清理：{when.zh}。自动清理跟不上",
                    f"Table {one.name} has {one.dead} dead rows ({one.rows} live), last vacuumed: {when.en}; "
                    "autovacuum does not keep up",
                ),
                Words(
                    f"{extra.zh}运行 VACUUM (ANALYZE) {one.name};"
                    "若再次出现，把该表的 autovacuum_vacuum_scale_factor 设为 0.02",
                    f"{extra.en}Run VACUUM (ANALYZE) {one.name}; if it comes back, set its "
                    "autovacuum_vacuum_scale_factor to 0.02",
                ),
            )


def _whole(one: Table) -> bool:
    return (
        one.rows >= LARGE_TABLE
        and one.scans >= MANY_SCANS
        and one.scanned / one.scans >= one.rows / 2
    )


def read_whole(evidence: Evidence) -> Iterator[Finding]:
    """Large tables that are read from end to end again and again."""
    for one in evidence.tables:
        if _whole(one):
            each = round(one.scanned / one.scans)
            yield Finding(
                "table_read_whole",
                "warn",
                one.name,
                {"rows": one.rows, "scans": one.scans, "rows_each": each},
                Words(
                    f"表 {one.name}（{one.rows} 行）被整表读取 {one.scans} 次，每次约 {each} 行：缺少索引或没有用上",
                    f"Table {one.name} ({one.rows} rows) was read whole {one.scans} times, {each} rows each: "
                    "an index is missing or not used",
                ),
                Words(
                    f"先运行 ANALYZE {one.name}；若仍在增加，把支持包发给开发者（索引由迁移建立）",
                    f"Run ANALYZE {one.name}; if it still grows, send the support bundle to the developers "
                    "(indexes come with migrations)",
                ),
            )


def indexes(evidence: Evidence) -> Iterator[Finding]:
    """Indexes that are broken, or large and never used."""
    counted = float(evidence.database.get("stats_seconds") or 0)
    for one in evidence.indexes:
        if not one.valid:
            yield Finding(
                "index_invalid",
                "bad",
                one.name,
                {"table": one.table},
                Words(
                    f"索引 {one.name} 无效，不会被使用",
                    f"Index {one.name} is invalid and not used",
                ),
                Words(
                    f"运行 REINDEX INDEX CONCURRENTLY {one.name};",
                    f"Run REINDEX INDEX CONCURRENTLY {one.name};",
                ),
            )
        elif not one.scans and not one.needed and one.bytes > UNUSED_BYTES and counted > LONG:
            days = round(counted / 86_400)
            yield Finding(
                "index_unused",
                "info",
                one.name,
                {"table": one.table, "megabytes": one.bytes // MB, "days": days},
                Words(
                    f"索引 {one.name} 占 {one.bytes // MB} MB,{days} 天内从未使用",
                    f"Index {one.name} takes {one.bytes // MB} MB and was never used in {days} days",
                ),
                Words(
                    "不必处理；空间不够时把支持包发给开发者",
                    "Nothing has to be done; where space is short, send the support bundle",
                ),
            )


_RULES: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    slow_statements,
    stale,
    dead,
    read_whole,
    indexes,
    serving.transactions,
    serving.pool,
    serving.connections,
    serving.memory,
    serving.autovacuum,
)
