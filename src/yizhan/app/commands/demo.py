"""`yizhan demo`: a workspace with people, customers and six weeks of conversations."""

from __future__ import annotations

import argparse
from typing import Any

from yizhan.app import runtime
from yizhan.app.demo import build
from yizhan.kernel.config import Config

HELP = "create a workspace with demo data and print its sign-in"


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument(
        "--seed", type=int, default=1, help="the same seed gives the same content (1)"
    )


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Idempotent: a second run changes nothing and prints the same sign-in."""
    async with runtime.open(config) as edge:
        return await build.build(edge, seed=args.seed)


def show(result: dict[str, Any]) -> str:
    """For people."""
    lines = [
        f"  工作区 · workspace  {result['workspace']}",
        f"  管理员 · admin      {result['admin']['email']}  {result['admin']['password']}",
        *(f"  客服 · agent        {one['email']}  {one['password']}" for one in result["agents"]),
        f"  令牌 · API token    {result['token']}",
    ]
    return "\n".join(lines)
