"""`yizhan archive`: keep the archive of the database's log; `yizhan serve` runs it where it is wanted."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import msgspec

from yizhan.app import runtime
from yizhan.app.backups import archiving, keys
from yizhan.kernel import errors
from yizhan.kernel.config import Config

HELP = "keep a continuous archive of the embedded database (YIZHAN_WAL_ARCHIVE)"


class NoArchiveNamed(errors.Invalid):
    """Name the folder of the archive with --to or YIZHAN_WAL_ARCHIVE."""


def add(parser: argparse.ArgumentParser) -> None:
    """Where to, and for how long."""
    parser.add_argument("--to", type=Path, metavar="PATH", help="the folder (YIZHAN_WAL_ARCHIVE)")
    parser.add_argument("--once", action="store_true", help="one round, then end")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Until SIGTERM or Ctrl-C."""
    if args.to is not None:
        config = msgspec.structs.replace(config, wal_archive=str(args.to.resolve()))
    if not config.wal_archive:
        raise NoArchiveNamed
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    passphrase = os.environ.get(keys.PASSPHRASE) or None
    async with runtime.database_up(config) as dsn:
        archivist = archiving.Archivist(config, dsn=dsn, passphrase=passphrase)
        if not args.once:
            await archivist.run(stop=stop)
            return {}
        try:
            await archivist.step()
        finally:
            await archivist.end()
    reach = archivist.shelf.reach()
    return {"path": config.wal_archive, "reach": None if reach is None else reach.at.isoformat()}
