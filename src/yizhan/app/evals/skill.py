"""`yizhan eval skill`: a skill over its cases, without a model."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

import msgspec

from yizhan.app import discovery
from yizhan.app.evals import files
from yizhan.domains.copilot.contract import Case
from yizhan.domains.copilot.skills import service as skills
from yizhan.kernel.config import Config

HELP = "a skill over its cases"


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("name", help="the skill's id, or all")
    parser.add_argument("--cases", type=Path, help="id, input, output a line; its own if not given")
    parser.add_argument("--threshold", type=float, help="confidence under which it says nothing")


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Of each skill how many cases passed, how often it was right where it decided, and what failed."""
    del config
    discovery.load()
    cases = None if args.cases is None else files.lines(args.cases, Case)
    names = [one.id for one in skills.folders()] if args.name == "all" else [args.name]
    found = [asyncio.run(skills.evaluate(one, cases, threshold=args.threshold)) for one in names]
    return {"skills": [msgspec.to_builtins(one) for one in found]}


def show(result: dict[str, Any]) -> str:
    """One line a skill, and one for each case that did not pass."""
    lines: list[str] = []
    for one in result["skills"]:
        lines.append(
            f"{one['skill']} {one['version']}: {one['passed']} of {one['cases']} cases,"
            f" precision {one['precision']:.3f} ({one['precision_low']:.3f} to"
            f" {one['precision_high']:.3f}) of {one['decided']} decided, recall {one['recall']:.3f}"
        )
        lines += [
            f"  {case['id']}: {case['fate']}, wanted {case['wanted']}, got {case['got']} {case['why']}"
            for case in one["outcomes"]
            if case["fate"] not in ("right", "quiet")
        ]
    return "\n".join(lines)
