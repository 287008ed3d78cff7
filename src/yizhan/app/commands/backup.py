"""`yizhan backup PATH`: the whole installation into a new folder, while it serves."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from yizhan.app import runtime
from yizhan.app.backups import keys, making
from yizhan.kernel import storage
from yizhan.kernel.config import Config

HELP = "back up the whole installation: database, files, key"


def add(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "path", type=Path, metavar="PATH", help="the folder to write; not there yet"
    )


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Write it. A passphrase in YIZHAN_BACKUP_PASSPHRASE seals the key."""
    passphrase = os.environ.get(keys.PASSPHRASE) or None
    # Not migrated here: before an upgrade is when a backup is wanted most.
    async with runtime.database_up(config) as dsn:
        return await making.make(
            config,
            dsn=dsn,
            store=storage.opened(config),
            path=args.path.resolve(),
            passphrase=passphrase,
        )


def show(result: dict[str, Any]) -> str:
    """For people."""
    lines = [
        f"{result['path']}: {result['rows']} rows, {result['files']} files, {result['seconds']} s",
        f"sha256 {result['sha256']}",
    ]
    if result["key"] == "plain":
        lines.append(
            f"备份里有明文密钥，请妥善保管；{keys.PASSPHRASE} 可为它加密 · The key lies in it as it is."
        )
    lines += [f"缺失的文件 · missing file: {name}" for name in result["missing"]]
    return "\n".join(lines)
