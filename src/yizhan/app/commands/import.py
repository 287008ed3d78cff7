# ruff: noqa: N999 -- a command's module has the command's name
"""`yizhan import PATH`: a workspace that was exported elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from yizhan.app import runtime
from yizhan.app.moving import importing
from yizhan.domains.identity import schemas
from yizhan.domains.identity.service import agents
from yizhan.kernel import errors
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

HELP = "read an exported workspace into this installation"


class AgentUnknown(errors.NotFound):
    """Nobody in the archive has this e-mail address; nothing was changed but the import."""


def add(parser: argparse.ArgumentParser) -> None:
    """Where from, and who may sign in."""
    parser.add_argument("path", type=Path, metavar="PATH", help="what `yizhan export` wrote")
    parser.add_argument("--slug", help="another address, where its own is taken")
    parser.add_argument("--admin-email", help="an agent of the archive who gets a password")
    parser.add_argument("--admin-password")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """All of it or nothing."""
    async with runtime.open(config) as edge:
        done = await importing.load(
            dsn=edge.database.dsn,
            store=edge.store,
            vault=edge.vault,
            path=args.path.resolve(),
            slug=args.slug,
        )
        if args.admin_email and args.admin_password:
            await _let_in(edge, int(done["id"]), args.admin_email, password=args.admin_password)
    return done


async def _let_in(edge: Edge, workspace_id: int, email: str, *, password: str) -> None:
    async with edge.database.begin(system(workspace_id, name="command line")) as tx:
        for agent in await agents.listed(tx):
            if agent.email.casefold() == email.casefold():
                await agents.update(tx, agent.id, change=schemas.AgentChange(password=password))
                return
    raise AgentUnknown


def show(result: dict[str, Any]) -> str:
    """For people."""
    rows = sum(result["counts"].values())
    return (
        f"{result['workspace']}: {rows} rows and files, {result['seconds']} s\n"
        f"sha256 {result['sha256']}\n"
        "请重新填写渠道、模型与 Webhook 的密钥，并为成员设置密码"
        " · Enter the secrets of channels, models and webhooks again, and give agents passwords"
    )
