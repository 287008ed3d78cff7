"""All workloads, one after the other, as a report: ``python -m bench.report [--tickets 100000] [--budgets]``.

``make bench`` is this; ``make bench ARGS="--short"`` takes a few minutes on a fresh clone. Several sizes give
growth: ``--tickets 100000 --tickets 1000000``; each may have a data directory of its own,
``--tickets 1000000=/data/of/a/million``. Results stand in ``bench/reports/DAY-TIME`` as JSON lines, HTML and
Markdown; an interrupted run goes on with ``--into`` that folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bench import budgets, pages

from yizhan.app.version import version

_FOLDER = Path(__file__).parent / "reports"
_REQUESTS = ("create", "list", "open", "reply", "search", "counts", "mixed")


class Run(NamedTuple):
    """One call of ``yizhan bench``."""

    name: str
    tickets: int
    data: str
    arguments: tuple[str, ...]

    def command(self) -> list[str]:
        """As anybody can type it."""
        where = ("--data", self.data) if self.data else ()
        return ["yizhan", "bench", *self.arguments, *where, "--json"]


def plan(args: argparse.Namespace) -> Iterator[Run]:
    """Requests at every size; what has data of its own, or lives, at the largest."""
    sizes = sorted(_size(one) for one in args.tickets or [f"{2_000 if args.short else 100_000}"])
    seconds = args.seconds or (3 if args.short else 20)
    common = ("--seconds", f"{seconds:g}", "--clients", f"{args.clients}", "--seed", f"{args.seed}")
    for tickets, data in sizes:
        at = ("--tickets", f"{tickets}", *common)
        for name in _REQUESTS:
            yield Run(name, tickets, data, (name, *at))
        yield Run("ingest", tickets, data, ("ingest", *at, "--no-understanding"))
        yield Run("chat", tickets, data, ("chat", *at))
    tickets, data = sizes[-1]
    at = ("--tickets", f"{tickets}", *common)
    agents = ("--agents", "50" if args.short else "500")
    yield Run("ingest+meaning", tickets, data, ("ingest", *at))
    yield Run("events", tickets, data, ("events", *at, *agents, "--rate", "20"))
    yield Run("knee", tickets, data, ("mixed", *at, "--knee"))
    own = ("--tickets", "200" if args.short else "10000")
    yield Run("assign", int(own[1]), data, ("assign", *own, *agents, *common))
    yield Run("sla", int(own[1]), data, ("sla", *own, *common))
    due = "1000" if args.short else "100000"
    yield Run("sla-500", int(due), data, ("sla", "--tickets", due, "--rate", "500", *common))


def _size(text: str) -> tuple[int, str]:
    number, _, data = text.partition("=")
    return int(number), data


def _wanted(args: argparse.Namespace) -> list[Run]:
    only = set(args.only.split(",")) if args.only else None
    return [run for run in plan(args) if only is None or run.name in only]


def measure(run: Run) -> dict[str, Any]:
    """Its result; what failed is a result with an error."""
    program = str(Path(sys.executable).with_name("yizhan"))
    done = subprocess.run(  # noqa: S603 -- our own program
        [program, *run.command()[1:]], stdout=subprocess.PIPE, check=False, text=True
    )
    found: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            found = json.loads(line)
    failed = {
        "workload": run.arguments[0],
        "tickets": run.tickets,
        "rate": 0.0,
        "limit_rate": 0.0,
        "ratio_to_limit": 0.0,
        "p50_ms": 0.0,
        "p95_ms": 0.0,
        "p99_ms": 0.0,
        "errors": 1,
        "first_error": str(found.get("error", f"exit code {done.returncode}")),
    }
    out = failed if done.returncode or "error" in found else found
    return {**out, "run": run.name, "command": shlex.join(run.command())}


def about(args: argparse.Namespace, results: list[dict[str, Any]]) -> dict[str, Any]:
    """Where and how it was measured."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in _read("/proc/cpuinfo").splitlines()
            if line.startswith("model name")
        ),
        platform.processor() or "unknown",
    )
    pages_of_memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    calm = [r["calibration_ms"] for r in results if r.get("calibration_ms")]
    busy = [r["run"] for r in results if r.get("contended")]
    return {
        "version": version(),
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores ({model}), {pages_of_memory:.0f} GB; generator, database and desk on it",
        "system": f"{platform.platform()}, Python {platform.python_version()}",
        "calibration": f"{min(calm):.1f} to {max(calm):.1f} ms" if calm else "none",
        "measured while others used the machine": ", ".join(busy) or "nothing",
        "seed": args.seed,
        "commands": [r["command"] for r in results],
    }


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""


def write(folder: Path, args: argparse.Namespace, results: list[dict[str, Any]]) -> None:
    """Both pages."""
    told = about(args, results)
    (folder / "report.html").write_text(pages.html(results, told), "utf-8")
    (folder / "report.md").write_text(pages.markdown(results, told), "utf-8")


def _results(folder: Path) -> list[dict[str, Any]]:
    text = _read(str(folder / "results.jsonl"))
    return [json.loads(line) for line in text.splitlines() if line]


def _measure_all(folder: Path, args: argparse.Namespace) -> list[dict[str, Any]]:
    results = _results(folder)
    done = {(r["run"], r["command"]) for r in results if not r["errors"]}
    runs = _wanted(args)
    for number, run in enumerate(runs, 1):
        if (run.name, shlex.join(run.command())) in done:
            continue
        began = time.monotonic()
        print(f"{number} of {len(runs)}: {shlex.join(run.command())}", file=sys.stderr, flush=True)
        result = measure(run)
        results.append(result)
        with (folder / "results.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
        write(folder, args, results)
        said = f"{result['rate']}/s, p95 {result['p95_ms']} ms, ratio {result['ratio_to_limit']}"
        took = time.monotonic() - began
        print(f"   {said}, {result['errors']} errors, took {took:.0f} s", file=sys.stderr)
    return results


def main() -> int:
    """1 when a budget is missed and that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", action="append", metavar="N[=DATA]", help="a size; repeatable")
    parser.add_argument("--seconds", type=float, default=0.0, help="of each workload")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of runs, with commas between")
    parser.add_argument("--short", action="store_true", help="everything, small, in a few minutes")
    parser.add_argument("--budgets", action="store_true", help="exit code 1 when one is missed")
    parser.add_argument("--into", type=Path, help="folder of the report; goes on where it ended")
    args = parser.parse_args()
    folder = args.into or _FOLDER / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    folder.mkdir(parents=True, exist_ok=True)
    results = _measure_all(folder, args)
    write(folder, args, results)
    verdicts = budgets.check(results)
    for one in verdicts:
        print(f"{one.state:<13} {one.what}: {one.found} ({one.promised}) {one.why}".rstrip())
    print(folder / "report.html")
    return int(args.budgets and any(one.state == "missed" for one in verdicts))


if __name__ == "__main__":
    sys.exit(main())
