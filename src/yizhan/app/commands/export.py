"""`yizhan export PATH`: a whole workspace as open files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from yizhan.app import runtime
from yizhan.app.moving import exporting
from yizhan.kernel import migrate, storage
from yizhan.kernel.config import Config

HELP = "write a whole workspace as open files (JSON Lines and its files in a zip)"


def add(parser: argparse.ArgumentParser) -> None:
    """Which, and where to."""
    parser.add_argument("path", type=Path, metavar="PATH", help="the zip to write")
    parser.add_argument("--workspace", metavar="SLUG", help="which one, where there are several")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Write it while the desk serves. Secrets, sign-ins and tokens stay here."""
    async with runtime.database_up(config) as dsn:
        await migrate.run(dsn)
        return await exporting.export(
            dsn=dsn,
            store=storage.opened(config),
            path=args.path.resolve(),
            slug=args.workspace,
        )


def show(result: dict[str, Any]) -> str:
    """For people."""
    rows = sum(result["counts"].values())
    lines = [
        f"{result['path']}: {result['workspace']}, {rows} rows and files, {result['bytes']} bytes",
        f"sha256 {result['sha256']}",
        "不含密码、令牌与渠道密钥 · without passwords, tokens and channels' secrets",
    ]
    if result["waiting"]:
        lines.append(
            f"还有 {result['waiting']} 条消息等待发出，本处会继续发送"
            f" · {result['waiting']} messages wait to be sent; they are sent from here"
        )
    return "\n".join(lines)
