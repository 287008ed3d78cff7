"""``yizhan workspace create NAME``: a further tenant, with a token of its own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from yizhan.app import runtime
from yizhan.domains.identity.service import tokens, workspaces
from yizhan.domains.identity.types import ANY, LOCALES
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.errors import Invalid

HELP = "add a workspace (a tenant)"


class AdminIncomplete(Invalid):
    """An administrator needs both --admin-email and --admin-password."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    create = actions.add_parser("create", help="create a workspace")
    create.add_argument("name", metavar="NAME")
    create.add_argument("--slug", help="short name in addresses; made from NAME otherwise")
    create.add_argument("--locale", choices=LOCALES, default=LOCALES[0])
    create.add_argument("--time-zone", default="Asia/Shanghai")
    create.add_argument("--admin-email", help="create an administrator who can sign in")
    create.add_argument("--admin-password")
    # Also behind the action; a missing one there does not undo one before it.
    create.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    create.add_argument("--data", type=Path, default=argparse.SUPPRESS)


def _admin(args: argparse.Namespace) -> workspaces.Admin | None:
    if not args.admin_email and not args.admin_password:
        return None
    if not args.admin_email or not args.admin_password:
        raise AdminIncomplete
    name = args.admin_email.partition("@")[0]
    return workspaces.Admin(email=args.admin_email, name=name, password=args.admin_password)


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Create the workspace and an API token with every scope of it."""
    admin = _admin(args)
    async with runtime.open(config) as edge:
        actor = system(edge.database.new_id(), name="command line")
        async with edge.database.begin(actor) as tx:
            created = await workspaces.create(
                tx,
                vault=edge.vault,
                name=args.name,
                slug=args.slug,
                locale=args.locale,
                time_zone=args.time_zone,
                admin=admin,
            )
            _, token = await tokens.issue(tx, name="yizhan workspace create", scopes=[ANY])
    workspace = created.workspace
    return {"workspace": workspace.slug, "id": str(workspace.id), "token": token}


def show(result: dict[str, Any]) -> str:
    """For people."""
    return (
        f"工作区 {result['workspace']} 已创建 · workspace {result['workspace']} was created\n"
        f"API 令牌 · API token: {result['token']}"
    )
