"""`yizhan worker`: the background process alone, on a shared database."""

from __future__ import annotations

import argparse
from typing import Any

from yizhan.app import worker
from yizhan.kernel import process
from yizhan.kernel.config import Config

HELP = "run jobs, timers and channels in the background"


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


async def run(_args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Work until SIGTERM."""
    process.die_with_parent()
    await worker.main(config)
    return {}
