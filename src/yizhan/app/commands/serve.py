"""``yizhan serve``: everything in one command, until SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import asyncpg
import msgspec

from yizhan.app import supervisor
from yizhan.kernel import errors
from yizhan.kernel.config import Config

HELP = "everything in one command: database, web, worker"


class DemoFailed(errors.YizhanError):
    """The demo workspace could not be created; the log above says why."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (8080)")
    parser.add_argument("--workers", type=int, help="web processes (1)")
    parser.add_argument("--demo", action="store_true", help="create the demo workspace first")


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Blocks until SIGTERM or Ctrl-C; with ``--json`` prints the address once it answers."""
    chosen = {n: v for n in ("host", "port", "workers") if (v := getattr(args, n)) is not None}
    config = msgspec.structs.replace(config, **chosen)
    account: dict[str, Any] = {}

    def prepare(environment: Mapping[str, str]) -> None:
        if args.demo:
            print("正在创建演示数据 · creating the demo workspace …", file=sys.stderr, flush=True)
            account.update(_demo(environment))
        else:
            account.update(asyncio.run(_first(config, dsn=environment["YIZHAN_DATABASE_URL"])))

    def announce() -> None:
        if args.json:
            print(json.dumps({"url": config.url, "pid": os.getpid()}), flush=True)
            if admin := account.get("admin"):
                print(f"{admin['email']} {admin['password']}", file=sys.stderr, flush=True)
        else:
            _welcome(config, account)

    supervisor.Supervisor(config).run(announce=announce, prepare=prepare)
    return {}


async def _first(config: Config, *, dsn: str) -> dict[str, Any]:
    """The first workspace, when there is none.

    What makes it is the whole desk. It is loaded only then: this process only looks after others, for
    months, and need not be as large as they are.
    """
    owner = await asyncpg.connect(dsn)
    try:
        if await owner.fetchval("SELECT EXISTS (SELECT FROM yizhan_workspaces())"):
            return {}
    finally:
        await owner.close()
    made: dict[str, Any] = await importlib.import_module("yizhan.app.first").ensure(config, dsn=dsn)
    return made


def _demo(environment: Mapping[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "yizhan.app.cli", "demo", "--seed", "1", "--json"],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        raise DemoFailed
    created: dict[str, Any] = json.loads(done.stdout)
    return created


def _welcome(config: Config, account: Mapping[str, Any]) -> None:
    lines = ["", "  驿站已就绪 · Yizhan is ready", f"  地址 · address   {config.url}"]
    if admin := account.get("admin"):
        lines += [
            f"  账号 · account   {admin['email']}",
            f"  密码 · password  {admin['password']}",
        ]
    lines += ["  停止 · stop      Ctrl-C", ""]
    print("\n".join(lines), flush=True)
