"""`yizhan verify`: recount everything that can be recounted."""

from __future__ import annotations

import argparse
from typing import Any

from yizhan.app import runtime
from yizhan.domains.audit import service as audit
from yizhan.domains.tickets import verify
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

HELP = "recount tickets from the log, check the audit chain, the files and the search"
_SHOWN = 5


def add(parser: argparse.ArgumentParser) -> None:
    """Which workspace."""
    parser.add_argument("--workspace", help="only this one, by its address (slug)")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Every check over every workspace."""
    async with runtime.open(config) as edge:
        checks = await _recounts(edge, only=args.workspace)
        sealed, detail = await audit.verify_all(edge.database)
        checks.append({"name": "audit_chain", "ok": sealed, "detail": detail})
    return {"ok": all(check["ok"] for check in checks), "checks": checks}


async def _recounts(edge: Edge, *, only: str | None) -> list[dict[str, Any]]:
    wrong: dict[str, list[str]] = {}
    for row in await edge.database.lookup("SELECT * FROM yizhan_workspaces()"):
        if only in (None, row["slug"]):
            async with edge.database.begin(system(row["workspace_id"])) as tx:
                for name, found in (await verify.check(tx, edge.store)).items():
                    wrong.setdefault(name, []).extend(f"{row['slug']}: {item}" for item in found)
    return [
        {"name": name, "ok": not found, "detail": "; ".join(found[:_SHOWN]) or "as recounted"}
        for name, found in wrong.items()
    ]


def show(result: dict[str, Any]) -> str:
    """For people."""
    return "\n".join(
        f"{'ok  ' if check['ok'] else 'BAD '} {check['name']}: {check['detail']}"
        for check in result["checks"]
    )
