"""`yizhan sla due`: the business clock, to be checked from outside."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from yizhan.domains.sla import cases, errors
from yizhan.kernel import clock
from yizhan.kernel.config import Config

HELP = "compute due times by a business calendar"


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    due = actions.add_parser("due", help="when each case of a file is due")
    due.add_argument("cases", metavar="CASES.jsonl", help="one case a line; - reads standard input")
    # Also behind the action; a missing one there does not undo one before it.
    due.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    due.add_argument("--data", type=Path, default=argparse.SUPPRESS)


def run(args: argparse.Namespace, _config: Config) -> dict[str, Any]:
    """One due time a case, in order; null for one that never comes due."""
    try:
        with sys.stdin.buffer if args.cases == "-" else Path(args.cases).open("rb") as lines:
            found = [cases.due(case) for case in cases.read(lines)]
    except OSError as error:
        raise errors.CaseInvalid(f"{args.cases}: {error.strerror}") from error
    return {"due": [None if due is None else clock.text(due) for due in found]}


def show(result: dict[str, Any]) -> str:
    """For people."""
    return "\n".join(due or "never" for due in result["due"])
