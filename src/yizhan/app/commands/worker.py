"""`yizhan worker`: the background process alone, on a shared database."""

from __future__ import annotations

import argparse
from typing import Any

from yizhan.app import worker
from yizhan.kernel import process
from yizhan.kernel.config import Config

HELP = "run jobs, timers and channels in the background"


def add(parser: argparse.ArgumentParser) -> None:
    """Which part of the work."""
    parser.add_argument(
        "--parts",
        choices=("all", "jobs", "channels"),
        default="all",
        help="channels: only fetch from mailboxes and streams; jobs: everything else",
    )


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Work until SIGTERM."""
    process.die_with_parent()
    await worker.main(config, parts=args.parts)
    return {}
