"""`yizhan reports`: count the facts behind reports anew, and check every number against the log."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from yizhan.app import runtime
from yizhan.domains.analytics.service import checking, counting
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

HELP = "recount reports from the event log"


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (
        ("rebuild", "make all facts anew from the event log"),
        ("check", "recount every number straight from the log and compare"),
        ("lag", "how far reports are behind the log"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("--workspace", help="only this one, by its address (slug)")
        # Also behind the action; a missing one there does not undo one before it.
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        action.add_argument("--data", type=Path, default=argparse.SUPPRESS)


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """One answer a workspace; ``ok`` is false when a number is not what the log says."""
    act = {"rebuild": _rebuild, "check": _check, "lag": _lag}[args.action]
    async with runtime.open(config) as edge:
        rows = await edge.database.lookup("SELECT * FROM yizhan_workspaces()")
        found = [
            {"workspace": row["slug"], **await act(edge, row["workspace_id"])}
            for row in rows
            if args.workspace in (None, row["slug"])
        ]
    return {"ok": not any(one.get("differences") for one in found), "workspaces": found}


async def _rebuild(edge: Edge, workspace_id: int) -> dict[str, Any]:
    return {"tickets": await counting.rebuild(edge.database, workspace_id)}


async def _check(edge: Edge, workspace_id: int) -> dict[str, Any]:
    return checking.said(await checking.check(edge.database, workspace_id))


async def _lag(edge: Edge, workspace_id: int) -> dict[str, Any]:
    async with edge.database.begin(system(workspace_id)) as tx:
        lag: dict[str, Any] = msgspec.to_builtins(await counting.lag(tx))
        return lag


def show(result: dict[str, Any]) -> str:
    """For people."""
    return "\n".join(
        f"{one['workspace']}: "
        + ", ".join(f"{name} {value}" for name, value in one.items() if name != "workspace")
        for one in result["workspaces"]
    )
