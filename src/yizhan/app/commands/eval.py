"""`yizhan eval`: how good understanding is, on files alone; no workspace and no database."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import Any

from yizhan.app import evals
from yizhan.kernel.config import Config

HELP = "measure understanding on labelled files"

NOT_TASKS = {"files", "labelled"}


def _tasks() -> dict[str, ModuleType]:
    names = (found.name for found in pkgutil.iter_modules(evals.__path__))
    return {
        name: importlib.import_module(f"{evals.__name__}.{name}")
        for name in sorted(names)
        if name not in NOT_TASKS
    }


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments of every task."""
    chosen = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    for name, task in _tasks().items():
        part = chosen.add_parser(name, help=task.HELP, description=task.HELP)
        # Also behind the task; a missing one there does not undo one before it.
        part.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        part.add_argument("--data", type=Path, default=argparse.SUPPRESS)
        part.add_argument("--seed", type=int, default=1, help="the same seed, the same result")
        task.add(part)


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """The figures of one task; each module says what they are."""
    result: dict[str, Any] = _tasks()[args.task].run(args, config)
    return {"task": args.task, **result}


def show(result: dict[str, Any]) -> str:
    """For people."""
    task = _tasks()[result["task"]]
    if hasattr(task, "show"):
        return str(task.show(result))
    return "\n".join(
        f"{name:>22}  {value:.4f}" if isinstance(value, float) else f"{name:>22}  {value}"
        for name, value in result.items()
        if not isinstance(value, list)
    )
