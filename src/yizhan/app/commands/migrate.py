"""`yizhan migrate`: bring the database up to this release."""

from __future__ import annotations

import argparse
from typing import Any

from yizhan.app import runtime
from yizhan.kernel import migrate
from yizhan.kernel.config import Config

HELP = "bring the database up to this release"


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


async def run(_args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Apply what is missing."""
    async with runtime.database_up(config) as dsn:
        return {"applied": await migrate.run(dsn)}


def show(result: dict[str, Any]) -> str:
    """For people."""
    return (
        "\n".join(f"applied {name}" for name in result["applied"]) or "The database is up to date."
    )
