"""`yizhan drill`: does the newest backup come back? To be run on a schedule."""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg

from yizhan.app import runtime
from yizhan.app.backups import drill, keys, records
from yizhan.app.commands import verify
from yizhan.kernel import errors
from yizhan.kernel.config import Config

HELP = "restore the newest backup into a scratch place, start it, recount and compare it"


def add(parser: argparse.ArgumentParser) -> None:
    """Which backup, and where to try it."""
    parser.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help="a backup, a folder of them, an archive"
    )
    parser.add_argument("--scratch", type=Path, help="where there is room (the temporary folder)")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Try it and write down how it went; exit code 1 when it does not come back as it was."""
    scratch: Path = args.scratch or Path(tempfile.gettempdir())
    async with _database(config, needed=args.path is None) as dsn:
        named = None if args.path is None else args.path.resolve()
        path = await drill.newest(named, dsn=dsn)
        passphrase = os.environ.get(keys.PASSPHRASE) or None
        try:
            done = await drill.run(
                config, path=path, scratch=scratch, verify=_verified, passphrase=passphrase
            )
        except (OSError, errors.YizhanError) as error:
            await _keep(dsn, path, {"ok": False, "detail": str(error)})
            raise
        await _keep(dsn, path, done)
    return done


async def _verified(there: Config) -> dict[str, Any]:
    return await verify.run(argparse.Namespace(workspace=None), there)


@contextlib.asynccontextmanager
async def _database(config: Config, *, needed: bool) -> AsyncIterator[str | None]:
    """The desk's own database, to write down the result; a drill elsewhere has none."""
    if not needed and not config.database_url and not (config.data / "postgres.users").exists():
        yield None
        return
    async with runtime.database_up(config) as dsn:
        yield dsn


async def _keep(dsn: str | None, path: Path, done: dict[str, Any]) -> None:
    if dsn is None:
        return
    wrong = [c["name"] for c in done.get("verify", {}).get("checks", ()) if not c["ok"]]
    detail = done.get("detail", "") or ("" if done["ok"] else f"differs: {', '.join(wrong)}")
    connection = await asyncpg.connect(dsn)
    try:
        await records.keep(
            connection,
            kind="drill",
            ok=done["ok"],
            path=path,
            sha256=done.get("sha256"),
            rows=done.get("rows"),
            seconds=done.get("rto_seconds", 0.0),
            detail=detail,
        )
    finally:
        await connection.close()


def show(result: dict[str, Any]) -> str:
    """For people."""
    good = (
        "恢复无误 · it comes back" if result["ok"] else "不一致 · it does NOT come back as it was"
    )
    return (
        f"{good}: {result['backup']}\n"
        f"{result['rows']} rows, {result['files']} files; restored in {result['restore_seconds']} s,"
        f" answered after {result['rto_seconds']} s\n{verify.show(result['verify'])}"
    )
