"""Sources beside a ticket over HTTP.

What asks other systems begins its transactions itself: none stays open while somebody answers.
"""

from __future__ import annotations

from litestar import delete, get, patch, post

from yizhan.domains.identity import permissions
from yizhan.domains.panel import contract, registry, schemas
from yizhan.domains.panel.service import beside, sources
from yizhan.domains.panel.types import Health, PanelSource
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["panel"]
_REFUSALS = (contract.SourceSettingsInvalid,)


def _out(
    tx: Tx, edge: Edge, row: PanelSource, *, health: Health | None = None, key: str | None = None
) -> schemas.PanelSourceOut:
    stored = sources.secrets_set(edge.vault, row, workspace_id=tx.workspace_id)
    return schemas.source_out(row, secrets_set=stored, health=health, key=key)


@get("/panel/kinds", summary="Kinds of sources that can be added", tags=_TAGS)
async def list_panel_kinds(tx: Tx) -> schemas.PanelKinds:
    """Each with the JSON Schema of its settings."""
    permissions.require(tx.actor, sources.PERMISSION)
    return schemas.PanelKinds([schemas.kind_out(kind) for kind in registry.known()])


@get("/panel/sources", summary="List sources beside tickets", tags=_TAGS)
async def list_panel_sources(tx: Tx, edge: Edge) -> schemas.PanelSources:
    """With how each is doing."""
    rows, health = await sources.listed(tx)
    return schemas.PanelSources([_out(tx, edge, row, health=health.get(row.id)) for row in rows])


@post("/panel/sources", summary="Add a source", tags=_TAGS, opt={"errors": _REFUSALS})
async def create_panel_source(
    tx: Tx, edge: Edge, data: schemas.PanelSourceIn
) -> schemas.PanelSourceOut:
    """The answer holds the key that signs, this once. 422 ``source_settings_invalid`` names the field."""
    row, key = await sources.create(tx, edge.vault, data)
    return _out(tx, edge, row, key=key)


@get("/panel/sources/{source_id:int}", summary="Get a source", tags=_TAGS)
async def get_panel_source(tx: Tx, edge: Edge, source_id: int) -> schemas.PanelSourceOut:
    """One source, with how it is doing."""
    row = await sources.get(tx, source_id)
    _, health = await sources.listed(tx)
    return _out(tx, edge, row, health=health.get(row.id))


@patch(
    "/panel/sources/{source_id:int}",
    summary="Change a source",
    tags=_TAGS,
    opt={"errors": _REFUSALS},
)
async def update_panel_source(
    tx: Tx, edge: Edge, source_id: int, data: schemas.PanelSourceChange
) -> schemas.PanelSourceOut:
    """Secrets that are not sent stay; what was kept by other settings is asked for anew."""
    row = await sources.update(tx, edge.vault, source_id, change=data)
    _, health = await sources.listed(tx)
    return _out(tx, edge, row, health=health.get(row.id))


@delete("/panel/sources/{source_id:int}", summary="Remove a source", tags=_TAGS)
async def delete_panel_source(tx: Tx, source_id: int) -> None:
    """With all that is kept of it."""
    await sources.delete(tx, source_id)


@post("/panel/sources/{source_id:int}/key", summary="Replace a source's key", tags=_TAGS)
async def replace_panel_key(tx: Tx, edge: Edge, source_id: int) -> schemas.PanelSourceOut:
    """The old key signs look-ups besides for 24 hours."""
    row, key = await sources.replace_key(tx, edge.vault, source_id)
    return _out(tx, edge, row, key=key)


@post(
    "/panel/sources/{source_id:int}/test",
    summary="Try a source",
    tags=_TAGS,
    status_code=200,
    opt={"errors": _REFUSALS},
)
async def test_panel_source(
    who: Actor, edge: Edge, source_id: int, data: schemas.PanelTryIn
) -> schemas.PanelTried:
    """Asks for real and keeps nothing; shows what agents would see, and what was answered."""
    tried = await sources.test(
        edge,
        who,
        source_id,
        ticket_id=int(data.ticket_id) if data.ticket_id else None,
        settings=data.settings,
    )
    content = tried.content or contract.Content()
    return schemas.PanelTried(
        ok=tried.error is None,
        error=tried.error,
        detail=tried.detail,
        took_ms=tried.took_ms,
        status=tried.status,
        answer=tried.answer,
        fields=content.fields,
        tables=content.tables,
        links=content.links,
        problems=content.problems,
    )


def _item(found: beside.Item) -> schemas.PanelItem:
    source, manifest = found.source, registry.get(found.source.kind).manifest
    return schemas.PanelItem(
        source_id=str(source.id),
        kind=source.kind,
        name=source.name,
        icon=manifest.icon,
        state=found.state,
        asking=found.asking,
        error=found.error,
        fetched_at=found.fetched_at,
        local=manifest.local,
        strength=found.strength,
        fields=found.content.fields,
        tables=found.content.tables,
        links=found.content.links,
    )


@get("/tickets/{ticket_id:int}/panel", summary="What stands beside a ticket", tags=_TAGS)
async def read_panel(who: Actor, edge: Edge, ticket_id: int) -> schemas.PanelItems:
    """All sources that you may see, asked at once; answered within about 300 ms with what is there."""
    found = await beside.overview(edge, who, ticket_id)
    return schemas.PanelItems([_item(one) for one in found])


@get(
    "/tickets/{ticket_id:int}/panel/{source_id:int}",
    summary="Wait for one source beside a ticket",
    tags=_TAGS,
)
async def await_panel_source(
    who: Actor, edge: Edge, ticket_id: int, source_id: int
) -> schemas.PanelItem:
    """Answers when the source has, at the latest after its time-out."""
    return _item(await beside.one(edge, who, ticket_id, source_id=source_id))


@post(
    "/tickets/{ticket_id:int}/panel/{source_id:int}/refresh",
    summary="Ask one source again",
    tags=_TAGS,
    status_code=200,
)
async def refresh_panel_source(
    who: Actor, edge: Edge, ticket_id: int, source_id: int
) -> schemas.PanelItem:
    """Also when what is kept is still fresh; a source that rests is left alone."""
    return _item(await beside.one(edge, who, ticket_id, source_id=source_id, afresh=True))


@post(
    "/tickets/{ticket_id:int}/panel/{source_id:int}/links/{link:str}",
    summary="Follow a link into another system",
    tags=_TAGS,
    status_code=200,
    opt={"errors": _REFUSALS},
)
async def follow_panel_link(
    who: Actor, edge: Edge, ticket_id: int, source_id: int, link: str
) -> schemas.PanelOpened:
    """The address with a token that is good for a short time; that you followed it is in the log."""
    url = await beside.follow(edge, who, ticket_id, source_id=source_id, link=link)
    return schemas.PanelOpened(url)


routes = [
    list_panel_kinds,
    list_panel_sources,
    create_panel_source,
    get_panel_source,
    update_panel_source,
    delete_panel_source,
    replace_panel_key,
    test_panel_source,
    read_panel,
    await_panel_source,
    refresh_panel_source,
    follow_panel_link,
]
