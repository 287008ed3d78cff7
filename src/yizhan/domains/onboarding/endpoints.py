"""HTTP of the set-up."""

from __future__ import annotations

import msgspec
from litestar import get, post

from yizhan.domains.channels import registry
from yizhan.domains.identity import permissions
from yizhan.domains.identity.schemas import WorkspaceChange
from yizhan.domains.identity.service import workspaces
from yizhan.kernel.tx import Tx

_FETCHED = ("pull", "stream")
_FACTS = """
SELECT (SELECT name FROM workspace WHERE workspace_id = $1) <> '' AS profile,
  (SELECT coalesce(array_agg(DISTINCT channel), '{}') FROM inbox WHERE workspace_id = $1 AND active) AS channels,
  (SELECT count(*) FROM agent WHERE workspace_id = $1 AND active) > 1 AS team,
  EXISTS (SELECT FROM ticket WHERE workspace_id = $1) AS ticket,
  EXISTS (SELECT FROM message WHERE workspace_id = $1 AND direction = 'out') AS answer,
  (SELECT setup_done FROM workspace WHERE workspace_id = $1) AS done
"""


class Step(msgspec.Struct):
    """One step of the set-up."""

    id: str
    done: bool


class SetUp(msgspec.Struct):
    """All steps in their order, and whether the set-up was ended."""

    steps: list[Step]
    done: bool


async def _read(tx: Tx) -> SetUp:
    row = await tx.db.fetchrow(_FACTS, tx.workspace_id)
    facts = dict(row) if row else {}
    found = [registry.find(name) for name in facts.get("channels", [])]
    transports = {c.manifest.capabilities.transport for c in found if c is not None}
    steps = [
        Step("profile", bool(facts.get("profile"))),
        Step("mail", bool(transports & set(_FETCHED))),
        Step("chat", "socket" in transports),
        Step("team", bool(facts.get("team"))),
        Step("ticket", bool(facts.get("ticket"))),
        Step("answer", bool(facts.get("answer"))),
    ]
    return SetUp(steps, bool(facts.get("done")))


@get("/setup", summary="How far the set-up is", tags=["setup"])
async def read_setup(tx: Tx) -> SetUp:
    """Steps in their order; each is done when what it asks for is there."""
    permissions.require(tx.actor, "workspace:manage")
    return await _read(tx)


@post("/setup/complete", summary="End the set-up", tags=["setup"], status_code=200)
async def complete_setup(tx: Tx) -> SetUp:
    """No longer offer it; every step stays reachable in the administration."""
    await workspaces.update(tx, WorkspaceChange(setup_done=True))
    return await _read(tx)


routes = [read_setup, complete_setup]
