"""The first workspace of an installation, so that the first visit can sign in and set it up."""

from __future__ import annotations

import secrets
from typing import Any

from yizhan.app import runtime
from yizhan.domains.identity.service import workspaces
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config

ADMIN = "admin@desk.local"
_NAME = "驿站 Yizhan"


async def ensure(config: Config, *, dsn: str) -> dict[str, Any]:
    """Make a workspace with an administrator when there is none at all.

    Returns ``{"admin": {"email", "password"}}``, shown once; empty when there was a workspace.
    """
    async with runtime.open_edge(config, dsn=dsn) as edge:
        password = secrets.token_urlsafe(12)
        async with edge.database.begin(system(edge.database.new_id(), name="first start")) as tx:
            # Of two that start at once the second waits here, and then finds the first one's.
            await tx.db.execute("SELECT pg_advisory_xact_lock(hashtextextended('first', 0))")
            if await tx.db.fetch("SELECT 1 FROM yizhan_workspaces() LIMIT 1"):
                return {}
            admin = workspaces.Admin(email=ADMIN, name="Admin", password=password)
            await workspaces.create(tx, vault=edge.vault, name=_NAME, slug="desk", admin=admin)
    return {"admin": {"email": ADMIN, "password": password}}
