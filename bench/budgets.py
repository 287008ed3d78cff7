"""What is promised of speed, and whether a run kept it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

Result = dict[str, Any]
State = Literal["met", "missed", "not measured"]

_FAST = ("create", "list", "open", "reply", "search")
_RATIO = {"create": 0.4, "reply": 0.4, "search": 0.4, "list": 0.25, "open": 0.25}
_LATE_MS = 50
_GROWTH = 1.3
_MILLION = 1_000_000
WEB_MB = 300


class Verdict(NamedTuple):
    """One promise and what was found."""

    what: str
    promised: str
    found: str
    state: State
    why: str = ""


def check(results: Sequence[Result]) -> list[Verdict]:
    """Every promise, in the order in which people ask for them."""
    return [
        *_requests(results),
        *_growths(results),
        *_live(results),
        _memory(results),
        _errors(results),
    ]


def growth(results: Sequence[Result], workload: str) -> list[tuple[int, float]]:
    """p95 of a workload by the number of tickets."""
    found = {r["tickets"]: r["p95_ms"] for r in _of(results, workload)}
    return sorted(found.items())


def name_of(result: Result) -> str:
    """What a result is called: a workload may be run in several ways."""
    return str(result.get("run") or result["workload"])


def _of(results: Sequence[Result], run: str) -> list[Result]:
    return [r for r in results if name_of(r) == run]


def _judged(what: str, promised: str, *, found: Result | None, value: str, is_met: bool) -> Verdict:
    if found is None:
        return Verdict(what, promised, "", "not measured")
    why = ""
    if not is_met and found.get("contended"):
        why = f"others took {found['foreign_load']} cores meanwhile: measure again"
    elif not is_met and found.get("first_error"):
        why = str(found["first_error"])
    return Verdict(what, promised, value, "met" if is_met else "missed", why)


def _requests(results: Sequence[Result]) -> Iterator[Verdict]:
    largest = max((r["tickets"] for r in results if r["workload"] in _FAST), default=0)
    for name in _FAST:
        found = next((r for r in _of(results, name) if r["tickets"] == largest), None)
        p95, ratio = (found["p95_ms"], found["ratio_to_limit"]) if found else (0.0, 0.0)
        where = f"at {largest:,} tickets" if largest else ""
        yield _judged(
            f"{name}: p95 {where}",
            f"under {_LATE_MS} ms",
            found=found,
            value=f"{p95} ms",
            is_met=p95 < _LATE_MS,
        )
        yield _judged(
            f"{name}: rate beside the limit",
            f"{_RATIO[name]} or more",
            found=found,
            value=f"{ratio}",
            is_met=ratio >= _RATIO[name],
        )


def _growths(results: Sequence[Result]) -> Iterator[Verdict]:
    for name in _FAST:
        sizes = growth(results, name)
        what, promised = f"{name}: p95, ten times the data", f"at most {_GROWTH} times"
        if len(sizes) < 2 or sizes[-1][0] <= _MILLION:
            why = "" if len(sizes) < 2 else _grown(sizes)
            yield Verdict(what, f"{promised} from 1 to 10 million", "", "not measured", why)
            continue
        (_, before), (_, after) = sizes[-2:]
        times = after / before if before else 0.0
        state: State = "met" if times <= _GROWTH else "missed"
        yield Verdict(what, promised, f"{times:.2f} times", state)


def _grown(sizes: list[tuple[int, float]]) -> str:
    (small, before), (large, after) = sizes[-2:]
    times = after / before if before else 0.0
    return f"{times:.2f} times from {small:,} to {large:,}"


def _live(results: Sequence[Result]) -> Iterator[Verdict]:
    found = next(iter(_of(results, "events")), None)
    p95 = found["p95_ms"] if found else 0.0
    yield _judged(
        f"events: {found['agents'] if found else 500} agents see what is theirs, p95",
        "within 500 ms at 20 messages a second",
        found=found,
        value=f"{p95} ms",
        is_met=p95 <= 500,
    )
    found = next(iter(_of(results, "sla-500")), None)
    p95, rate = (found["p95_ms"], found["rate"]) if found else (0.0, 0.0)
    yield _judged(
        "sla: promises broken at 500 a second, lag p95",
        "less than 2,000 ms",
        found=found,
        value=f"{p95} ms at {rate}/s",
        is_met=p95 < 2000,
    )
    found = next(iter(_of(results, "ingest")), None)
    rate = found["rate"] if found else 0.0
    yield _judged(
        "ingest: mails parsed, threaded, searchable, told",
        "50 a second or more",
        found=found,
        value=f"{rate}/s",
        is_met=rate >= 50,
    )
    found = next(iter(_of(results, "assign")), None)
    yield _judged(
        "assign: capacity never exceeded, nothing given twice",
        "always",
        found=found,
        value=f"{found['largest_load']} of {found['capacity']}" if found else "",
        is_met=bool(found) and not found["errors"] if found else False,
    )


def _memory(results: Sequence[Result]) -> Verdict:
    found = [r for r in results if (r.get("memory_mb") or {}).get("web")]
    most = max((r["memory_mb"]["web"] for r in found), default=0.0)
    worst = max(found, key=lambda r: r["memory_mb"]["web"], default=None)
    return _judged(
        "memory of web, all its processes, at the end of the heaviest workload",
        f"under {WEB_MB} MB",
        found=worst,
        value=f"{most} MB ({worst['workload'] if worst else ''})",
        is_met=most < WEB_MB,
    )


def _errors(results: Sequence[Result]) -> Verdict:
    wrong = [r for r in results if r["errors"]]
    said = "; ".join(f"{r['workload']}: {r['first_error']}" for r in wrong)
    return Verdict(
        "answers that were errors",
        "none",
        str(sum(r["errors"] for r in wrong)),
        "missed" if wrong else ("met" if results else "not measured"),
        said,
    )
