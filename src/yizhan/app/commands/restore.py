"""`yizhan restore PATH`: a backup, or a moment of an archive, into an empty place."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from yizhan.app.backups import folder, keys, restoring, winding
from yizhan.kernel import errors, storage
from yizhan.kernel.config import Config

HELP = "restore a backup into an empty data directory"


class NotAMoment(errors.Invalid):
    """--until takes a moment with its zone, such as 2026-11-23T10:15:00Z."""


class ArchiveWanted(errors.Invalid):
    """A backup is of one moment; --until is for the folder of an archive."""


def add(parser: argparse.ArgumentParser) -> None:
    """Where from, and up to when."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a backup, or the archive's folder")
    parser.add_argument(
        "--send", action="store_true", help="send what waited to be sent, instead of holding it"
    )
    parser.add_argument("--until", metavar="TIME", help="of an archive: all committed up to TIME")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Bring it back. Nothing is touched before every hash was checked."""
    path, until = args.path.resolve(), _moment(args.until)
    passphrase = os.environ.get(keys.PASSPHRASE) or None
    store = storage.opened(config)
    whole = (path / folder.MANIFEST).exists()
    if whole and until is not None:
        raise ArchiveWanted
    if not whole:
        return await winding.restore(
            config, store=store, path=path, until=until, passphrase=passphrase, hold=not args.send
        )
    return await restoring.restore(
        config, store=store, path=path, passphrase=passphrase, hold=not args.send
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAMoment from error
    if moment.tzinfo is None:
        raise NotAMoment
    return moment


def show(result: dict[str, Any]) -> str:
    """For people."""
    held = result["held"]
    waits = (
        ""
        if held is None
        else f"\n外发已暂停 · nothing goes out by itself: {held['messages']} 封消息 messages,"
        f" {held['webhooks']} webhooks;"
        " yizhan held --send | --discard"
    )
    return (
        f"{result['rows']} rows, {result['files']} files, {result['seconds']} s\n"
        f"sha256 {result['sha256']}\n"
        f"运行 yizhan verify 可复核 · yizhan verify recounts it{waits}"
    )
