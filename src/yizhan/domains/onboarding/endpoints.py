"""HTTP of the set-up and of exercises."""

from __future__ import annotations

import msgspec
from litestar import delete, get, post

from yizhan.domains.channels import registry
from yizhan.domains.identity import permissions
from yizhan.domains.identity.schemas import WorkspaceChange
from yizhan.domains.identity.service import workspaces
from yizhan.domains.onboarding import errors, scripts, service
from yizhan.domains.onboarding.types import Practice
from yizhan.kernel.tx import Tx

_FETCHED = ("pull", "stream")
_FACTS = """
SELECT (SELECT name FROM workspace WHERE workspace_id = $1) <> '' AS profile,
  (SELECT coalesce(array_agg(DISTINCT channel), '{}') FROM inbox WHERE workspace_id = $1 AND active) AS channels,
  (SELECT count(*) FROM agent WHERE workspace_id = $1 AND active) > 1 AS team,
  EXISTS (SELECT FROM ticket WHERE workspace_id = $1)
    OR EXISTS (SELECT FROM practice WHERE workspace_id = $1) AS ticket,
  EXISTS (SELECT FROM message WHERE workspace_id = $1 AND direction = 'out')
    OR EXISTS (SELECT FROM practice WHERE workspace_id = $1 AND step > 0) AS answer,
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


class PracticeScene(msgspec.Struct):
    """An exercise that can be made; with its ticket where it was."""

    id: str
    title: str
    about: str
    customer: str
    subject: str
    ticket_id: str | None
    done: bool


class PracticeScenes(msgspec.Struct):
    """All exercises of a language, and how many of one's own there are."""

    items: list[PracticeScene]
    tag: str
    running: int


class PracticeIn(msgspec.Struct):
    """Which exercise, in which language."""

    scene: str
    locale: scripts.Locale = "en"


class PracticeStarted(msgspec.Struct):
    """The ticket of an exercise."""

    ticket_id: str


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


@get("/practice", summary="List exercises", tags=["setup"])
async def list_practice(tx: Tx, locale: scripts.Locale = "en") -> PracticeScenes:
    """Written conversations whose customer answers by itself; one's own are shown with their tickets."""
    mine = await service.mine(tx)
    script = scripts.script(locale)
    return PracticeScenes(
        items=[
            PracticeScene(
                id=one.id,
                title=one.title,
                about=one.about,
                customer=one.customer,
                subject=one.subject,
                ticket_id=_ticket(mine.get(one.id)),
                done=one.id in mine and mine[one.id].done,
            )
            for one in script.scene
        ],
        tag=script.tag,
        running=len(mine),
    )


def _ticket(one: Practice | None) -> str | None:
    return None if one is None else str(one.ticket_id)


@post(
    "/practice",
    summary="Make an exercise",
    tags=["setup"],
    opt={"errors": (errors.SceneUnknown,)},
)
async def start_practice(tx: Tx, data: PracticeIn) -> PracticeStarted:
    """A ticket for oneself. Nothing of it is sent or counted; a second time gives the same ticket."""
    return PracticeStarted(str(await service.start(tx, data.scene, locale=data.locale)))


@delete("/practice", summary="Remove one's exercises", tags=["setup"])
async def remove_practice(tx: Tx) -> None:
    """With everything that was written there, at once and for good."""
    await service.remove(tx)


routes = [read_setup, complete_setup, list_practice, start_practice, remove_practice]
