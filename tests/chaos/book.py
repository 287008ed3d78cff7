"""What scenarios came to, in a folder: ``results.jsonl`` with a line for each, ``results.md`` with a table.

A run that was interrupted goes on: what it has a result of is not played again. A run that is complete,
older than a day, or asked for other names is not gone on with; the next one begins anew.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

_DAY = 86_400
_HEAD = "| scenario | seed | result | seconds | back after | acknowledged / begun | answers | findings |"
_RULE = "| --- | --- | --- | --- | --- | --- | --- | --- |"
_MOST_FINDINGS = 5

Result = Mapping[str, Any]


class Book:
    """The results in a folder, which is made when it is not there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.lines = folder / "results.jsonl"
        self.page = folder / "results.md"

    def left(self, names: Sequence[str], *, seed: int, anew: bool = False) -> list[str]:
        """What is to be played: what an interrupted run of the same left over, or all of it."""
        run = {"names": list(names), "seed": seed}
        done: set[str] = set()
        open_ = False
        for line in self._read():
            if "begins" in line:
                same = {key: line[key] for key in run} == run
                open_ = same and time.time() - line["begins"] < _DAY
                done = set() if open_ else done
            elif open_ and line["seed"] == seed:
                done.add(line["name"])
        over = [name for name in names if name not in done]
        if open_ and over and not anew:
            return over
        self._write({"begins": time.time()} | run)
        return list(names)

    def add(self, result: Result) -> None:
        """One more; the table shows it at once."""
        self._write(dict(result))
        self.page.write_text(self.table() + "\n")

    def table(self) -> str:
        """The newest result of each scenario and seed."""
        newest = {(line["seed"], line["name"]): line for line in self._read() if "name" in line}
        return "\n".join([_HEAD, _RULE, *map(_row, newest.values())])

    def _write(self, line: dict[str, Any]) -> None:
        with self.lines.open("ab+") as file:
            if file.tell() and self.lines.read_bytes()[-1:] != b"\n":
                file.write(b"\n")  # after what was killed within its line
            file.write(json.dumps(line, default=str).encode() + b"\n")

    def _read(self) -> Iterable[dict[str, Any]]:
        """Every whole line; whoever was killed may have left half of one."""
        if not self.lines.exists():
            return
        for line in self.lines.read_text().splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue


def _row(result: Result) -> str:
    if result.get("skipped"):
        return f"| {result['name']} | {result['seed']} | skipped: {result['skipped']} | | | | | |"
    answers = ", ".join(f"{times} x {_said(status)}" for status, times in result["answers"].items())
    findings = "; ".join(str(one).replace("|", "/") for one in result["faults"][:_MOST_FINDINGS])
    cells = (
        result["name"],
        result["seed"],
        "ok" if result["good"] else "**not ok**",
        round(result["seconds"]),
        f"{result['recovered']:.1f} s" if result["recovered"] else "",
        f"{result['acknowledged']} / {result['works']}",
        answers,
        findings,
    )
    return f"| {' | '.join(map(str, cells))} |"


def _said(status: str) -> str:
    return "none" if int(status) == 0 else str(status)
