"""`yizhan support PATH`: a zip without personal data, for whoever helps."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

import asyncpg

from yizhan.app import doctor, runtime
from yizhan.domains.system import support
from yizhan.kernel import errors
from yizhan.kernel.config import Config

HELP = "write a support bundle: versions, sizes, queues, errors; no personal data"


class PathTaken(errors.Conflict):
    """There is a file of this name already; choose another one."""


def add(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("path", type=Path, metavar="PATH", help="the zip to write")


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Write it; also when the database is down. Errors: PathTaken."""
    path: Path = args.path.resolve()
    if path.exists():
        raise PathTaken
    made = asyncio.run(_make(config))
    with path.open("xb") as out:
        out.write(made.content)
    path.chmod(0o600)
    return {
        "path": str(path),
        "bytes": len(made.content),
        "files": made.files,
        "missing": made.missing,
    }


async def _make(config: Config) -> support.Bundle:
    checks = await doctor.examine(config)
    try:
        # Not migrated here: a bundle changes nothing.
        async with (
            runtime.database_up(config) as dsn,
            runtime.open_edge(config, dsn=dsn) as edge,
        ):
            return await support.collect(edge.database, config, checks=checks)
    except (OSError, TimeoutError, errors.YizhanError, asyncpg.PostgresError):
        return await support.collect(None, config, checks=checks)


def show(result: dict[str, Any]) -> str:
    """For people."""
    lines = [f"{result['path']} ({result['bytes'] // 1024 + 1} KB)"]
    lines += [f"  {name}" for name in result["files"]]
    if result["missing"]:
        lines.append(f"not to be had: {', '.join(result['missing'])}")
    lines.append("可先打开检查再发送 · Look into it before you send it")
    return "\n".join(lines)
