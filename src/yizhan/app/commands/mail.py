"""``yizhan mail ingest PATH…`` and ``yizhan mail render MESSAGE_ID``."""

from __future__ import annotations

import argparse
import base64
from pathlib import Path
from typing import Any

from yizhan.app import mails, runtime
from yizhan.kernel.config import Config
from yizhan.kernel.errors import Invalid

HELP = "take raw mails in, or show the bytes of an answer"


class NotAnId(Invalid):
    """A message's id is a number."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    ingest = actions.add_parser("ingest", help="take mails by the way of fetched ones")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file, folder, mbox")
    ingest.add_argument("--inbox", metavar="ADDRESS", help="the mailbox they came to")
    ingest.add_argument("--workspace", metavar="W", help="slug; the first one otherwise")
    render = actions.add_parser("render", help="the exact bytes that would be sent")
    render.add_argument("message_id", metavar="MESSAGE_ID")
    for action in (ingest, render):
        # Also behind the action; a missing one there does not undo one before it.
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        action.add_argument("--data", type=Path, default=argparse.SUPPRESS)


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Runs the chosen action."""
    if args.action == "render":
        return await _render(args.message_id, config)
    sources = list(mails.read(args.paths))
    async with runtime.open(config) as edge:
        workspace_id = await mails.workspace(edge, args.workspace)
        inbox = await mails.mailbox(edge, workspace_id, address=args.inbox)
        results = [
            await mails.ingest(edge, workspace_id, inbox=inbox, source=source) for source in sources
        ]
    return {"results": results}


async def _render(message_id: str, config: Config) -> dict[str, Any]:
    if not (message_id.isascii() and message_id.isdigit() and len(message_id) < 20):
        raise NotAnId
    async with runtime.open(config) as edge:
        raw = await mails.render(edge, int(message_id))
    return {"raw_base64": base64.b64encode(raw).decode()}


def show(result: dict[str, Any]) -> str:
    """For people."""
    if "raw_base64" in result:
        return base64.b64decode(result["raw_base64"]).decode("utf-8", "replace")
    lines = []
    for one in result["results"]:
        what = one["outcome"] + (f" ({one['reason']})" if one["reason"] else "")
        lines.append(f"{what:<28} {one['subject'] or '–'}  {one['path']}")
    return "\n".join(lines)
