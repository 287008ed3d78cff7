"""`yizhan files`: what lies in the file store and no row names; remove it."""

from __future__ import annotations

import argparse
import asyncio
import time
from typing import Any

import asyncpg

from yizhan.app import runtime
from yizhan.app.backups import content
from yizhan.kernel import errors, storage
from yizhan.kernel.config import Config

HELP = "show files that nothing refers to any more, or remove them"
_DAYS = 7


class NotAFolder(errors.Invalid):
    """Only files in the data directory are looked through. In a bucket they do no harm but take room."""


def add(parser: argparse.ArgumentParser) -> None:
    """Look, or remove."""
    parser.add_argument("--remove", action="store_true", help="remove them")
    parser.add_argument(
        "--days",
        type=float,
        default=_DAYS,
        help=f"younger ones may still be named by somebody ({_DAYS})",
    )


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Bytes are put before their row is written; where that failed, they stay behind."""
    store = storage.opened(config)
    if not isinstance(store, storage.Disk):
        raise NotAFolder
    before = time.time() - max(args.days, 0) * 86_400
    # First what is there, then who names it: what is recorded meanwhile is seen.
    there = await asyncio.to_thread(lambda: list(store.older(before)))
    async with runtime.database_up(config) as dsn:
        connection = await asyncpg.connect(dsn)
        try:
            named = set(await content.files(connection))
        finally:
            await connection.close()
    unnamed = [one for one in there if one[0] and (one[0], one[1]) not in named]
    removed = await asyncio.to_thread(_remove, store, unnamed, before) if args.remove else 0
    return {
        "files": len(unnamed),
        "bytes": sum(size for _, _, size in unnamed),
        "removed": removed,
    }


def _remove(store: storage.Disk, unnamed: list[tuple[int, str, int]], before: float) -> int:
    return sum(store.drop(workspace_id, name, before=before) for workspace_id, name, _ in unnamed)


def show(result: dict[str, Any]) -> str:
    """For people."""
    return (
        f"{result['files']} 个文件无人引用 · files that nothing refers to, {result['bytes'] // 1024} KB;"
        f" {result['removed']} 已删除 · removed"
    )
