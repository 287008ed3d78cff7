"""`yizhan held`: what does not go out since a restore; send it, or set it aside."""

from __future__ import annotations

import argparse
from typing import Any

import asyncpg
import msgspec

from yizhan.app import runtime
from yizhan.domains.system.service import held
from yizhan.kernel import errors, holding
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

HELP = "show what is held since a restore, send it or set it aside"


class WorkspaceUnknown(errors.NotFound):
    """There is no workspace with this address."""


def add(parser: argparse.ArgumentParser) -> None:
    """What to do; nothing: only look."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--send", action="store_true", help="send all of it now")
    what.add_argument("--discard", action="store_true", help="never send it by itself")
    what.add_argument(
        "--hold",
        action="store_true",
        help="hold what waits now, everywhere: after a restore by other means, before a worker starts",
    )
    parser.add_argument("--workspace", help="only this one, by its address (slug)")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """One entry a workspace."""
    async with runtime.open(config) as edge:
        if args.hold:
            await _hold(edge)
        rows = await edge.database.lookup("SELECT * FROM yizhan_workspaces() ORDER BY slug")
        chosen = [row for row in rows if args.workspace in (None, row["slug"])]
        if args.workspace and not chosen:
            raise WorkspaceUnknown
        decision: holding.Decision | None = (
            "send" if args.send else "discard" if args.discard else None
        )
        return {
            "workspaces": [
                {"workspace": row["slug"], **await _one(edge, row["workspace_id"], decision)}
                for row in chosen
            ]
        }


async def _hold(edge: Edge) -> None:
    connection = await asyncpg.connect(edge.config.database_direct_url or edge.database.dsn)
    try:
        await holding.begin(connection)
    finally:
        await connection.close()


async def _one(edge: Edge, workspace_id: int, decision: holding.Decision | None) -> dict[str, Any]:
    async with edge.database.begin(system(workspace_id)) as tx:
        before = await (held.decide(tx, decision) if decision else held.show(tx))
    settled = await held.settle(edge.database, workspace_id) if decision else 0
    async with edge.database.begin(system(workspace_id)) as tx:
        after = await held.show(tx) if decision else before
    found: dict[str, Any] = msgspec.to_builtins(after)
    return {**found, "settled": settled}


def show(result: dict[str, Any]) -> str:
    """For people."""
    lines = []
    for one in result["workspaces"]:
        counts = ", ".join(f"{kind['count']} {kind['kind']}" for kind in one["waiting"])
        state = one["state"] or "从未恢复 · never restored"
        lines.append(f"{one['workspace']}: {state}; {counts}; {one['settled']} settled")
    return "\n".join(lines)
