"""The desk that is mistreated, with two workspaces, its channels and the outside around it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2

from tests.chaos import sinks
from tests.chaos.clients import Doors
from tests.chaos.mails import ADDRESS, Maildir
from tests.chaos.proxy import Line
from tests.extensions.channels.email.servers import MailServers
from tests.support import served as serving
from tests.support.desk import api_token, make_workspace
from tests.support.served import Served
from yizhan.app import discovery
from yizhan.domains.channels import registry
from yizhan.domains.channels.service import inboxes
from yizhan.domains.identity.service import brands
from yizhan.kernel import config, crypto, db, storage
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

SECRET = "a secret of the vendor"
CANARIES = ("bcanary7d1f", "bcanary9e2c")  # words that only workspace B has


@dataclass
class Town:
    """A running desk and everything that clients and the checker need to know of it."""

    desk: Served | None  # None: the desk is within this process
    doors: Doors
    workspace_id: int
    letters: sinks.Letters
    told: sinks.Told
    smtp_port: int
    dsn: str  # of the database itself, past every bad line
    line: Line | None = None  # where a part of it all runs through one

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        connection = await asyncpg.connect(self.dsn, timeout=10)
        try:
            yield connection
        finally:
            await connection.close()

    def api(self) -> httpx2.AsyncClient:
        """As the first workspace's token."""
        headers = {"Authorization": f"Bearer {self.doors.token}"}
        return httpx2.AsyncClient(
            base_url=self.doors.url, headers=headers, timeout=30, transport=self.doors.transport
        )


@contextlib.asynccontextmanager
async def opened(
    folder: Path,
    *,
    mail: MailServers | None = None,
    hooks: bool = True,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Town]:
    """Everything started and set up; gone at the end."""
    letters, told = sinks.Letters(), sinks.Told()
    smtp_port = serving.free_port()
    with (
        sinks.mail_server(letters, smtp_port),
        sinks.webhook_server(told) as hook_url,
        serving.served(folder, environment=environment) as desk,
    ):
        yield await settle_in(
            desk, letters, told, smtp_port=smtp_port, mail=mail, hook_url=hook_url if hooks else ""
        )


async def settle_in(
    desk: Served,
    letters: sinks.Letters,
    told: sinks.Told,
    *,
    smtp_port: int,
    mail: MailServers | None,
    hook_url: str,
) -> Town:
    """Channels, a webhook and a second workspace on a fresh desk."""
    dsn = desk.dsn
    desk.patch("/workspace", settings={"undo_send_seconds": 0})
    reading = mail.settings(ADDRESS) if mail else {"address": ADDRESS}
    box = Maildir(mail.root / "mail" / ADDRESS / "Maildir") if mail else None
    desk.add_inbox(
        "email",
        {
            **reading,
            "smtp_host": "127.0.0.1",
            "smtp_port": smtp_port,
            "smtp_security": "none",
            "smtp_username": "",
            "quote_previous": False,
            "timeout_seconds": 15,
        },
    )
    chat = desk.add_inbox("chat", {})
    if hook_url:
        desk.post("/webhooks", url=hook_url, events=["ticket.created"])
    workspace_id, webhook = await _within(desk, dsn)
    doors = Doors(
        url=desk.url,
        token=desk.account.token,
        webhook=webhook,
        secret=SECRET,
        chat=chat["embed"]["snippet"].split('data-key="')[1].split('"')[0],
        mailbox=box,
    )
    return Town(desk, doors, workspace_id, letters, told, smtp_port, dsn)


async def _within(desk: Served, dsn: str) -> tuple[int, str]:
    """What no address of the API makes: an inbox of the hidden test channel, which takes signed
    webhooks, and workspace B. Returns workspace A and the inbox's key."""
    discovery.load()
    registry.show_hidden(show=True)
    settings = config.load(environment={}, data=str(desk.data))
    database = await db.connect(dsn, pool=2)
    try:
        edge = Edge(
            config=settings,
            database=database,
            store=storage.Disk(desk.data / "files"),
            vault=crypto.open_vault(settings),
        )
        rows = await database.lookup(
            "SELECT workspace_id FROM yizhan_workspaces() WHERE slug = 'test'"
        )
        async with database.begin(system(rows[0][0])) as tx:
            made = await inboxes.create_inbox(
                tx,
                edge.vault,
                name="Vendor",
                channel_id="fake",
                brand_id=(await brands.listed(tx))[0].id,
                settings={"secret": SECRET},
            )
        other = await make_workspace(edge, name="Other", email="o@example.test")
        await _fill_other(desk, await api_token(database, int(other.workspace.id)))
        return int(rows[0][0]), made.public_key
    finally:
        registry.show_hidden(show=False)
        await database.close()


async def _fill_other(desk: Served, token: str) -> None:
    """Workspace B, full of words that A must never read."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=desk.url, headers=headers, timeout=60) as other:
        for secret in secrets_of_b():
            answer = await other.post("/api/v1/tickets", json=secret)
            assert answer.is_success, answer.text


def secrets_of_b() -> list[dict[str, Any]]:
    """Tickets of workspace B."""
    return [
        {
            "subject": f"Secret {word}",
            "body": f"Nobody else reads {word}",
            "requester": {"email": f"{word}@other.example", "name": word},
            "tags": [word],
        }
        for word in CANARIES
    ]


def ready_again(desk: Served, *, seconds: float) -> float:
    """Waits until the desk is ready. Returns how long it took."""
    began = time.monotonic()
    serving.until(desk.ready, seconds=seconds, what="the desk is ready")
    return time.monotonic() - began
