"""``yizhan doctor``: is everything well, and if not, what to do."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from yizhan.app import doctor
from yizhan.kernel.config import Config

HELP = "check this installation and say how to cure it"


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


async def run(_args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """All checks; exit code 1 when one fails."""
    checks = await doctor.examine(config)
    return {"ok": all(check.ok for check in checks), "checks": msgspec.to_builtins(checks)}


def show(result: dict[str, Any]) -> str:
    """For people."""
    lines = []
    for check in result["checks"]:
        lines.append(f"{'✓' if check['ok'] else '✗'} {check['name']:<12} {check['detail']}")
        if check["cure"]:
            lines.append(f"  → {check['cure']['zh']} · {check['cure']['en']}")
    return "\n".join(lines)
