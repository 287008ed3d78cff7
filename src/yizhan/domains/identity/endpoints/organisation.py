"""The workspace, its brands, units and teams."""

from __future__ import annotations

from litestar import delete, get, patch, post

from yizhan.domains.identity import schemas
from yizhan.domains.identity.endpoints import shapes
from yizhan.domains.identity.service import brands, teams, units, workspaces
from yizhan.kernel.tx import Tx

_TAGS = ["organisation"]


@get("/workspace", tags=_TAGS)
async def get_workspace(tx: Tx) -> schemas.WorkspaceOut:
    """The workspace and its settings."""
    return shapes.workspace(await workspaces.shown(tx))


@patch("/workspace", tags=_TAGS)
async def update_workspace(tx: Tx, data: schemas.WorkspaceChange) -> schemas.WorkspaceOut:
    """Change the workspace; settings are merged, null removes one."""
    return shapes.workspace(await workspaces.update(tx, data))


@get("/brands", tags=_TAGS)
async def list_brands(tx: Tx) -> schemas.Brands:
    """All brands."""
    return schemas.Brands(items=[shapes.brand(row) for row in await brands.listed(tx)])


@post("/brands", tags=_TAGS)
async def create_brand(tx: Tx, data: schemas.BrandIn) -> schemas.BrandOut:
    """Add a brand."""
    return shapes.brand(await brands.create(tx, data))


@patch("/brands/{brand_id:int}", tags=_TAGS)
async def update_brand(tx: Tx, brand_id: int, data: schemas.BrandChange) -> schemas.BrandOut:
    """Change a brand."""
    return shapes.brand(await brands.update(tx, brand_id, change=data))


@delete("/brands/{brand_id:int}", tags=_TAGS)
async def delete_brand(tx: Tx, brand_id: int) -> None:
    """Use a brand no longer; its tickets keep it."""
    await brands.delete(tx, brand_id)


@get("/units", tags=_TAGS)
async def list_units(tx: Tx) -> schemas.Units:
    """The tree of units, parents before children."""
    return schemas.Units(items=[shapes.unit(row) for row in await units.listed(tx)])


@post("/units", tags=_TAGS)
async def create_unit(tx: Tx, data: schemas.UnitIn) -> schemas.UnitOut:
    """Add a unit; without a parent below the root."""
    return shapes.unit(await units.create(tx, data))


@patch("/units/{unit_id:int}", tags=_TAGS)
async def update_unit(tx: Tx, unit_id: int, data: schemas.UnitChange) -> schemas.UnitOut:
    """Rename a unit, or move it with everything below."""
    return shapes.unit(await units.update(tx, unit_id, change=data))


@delete("/units/{unit_id:int}", tags=_TAGS)
async def delete_unit(tx: Tx, unit_id: int) -> None:
    """Remove an empty unit."""
    await units.delete(tx, unit_id)


@get("/teams", tags=_TAGS)
async def list_teams(tx: Tx) -> schemas.Teams:
    """All teams and who is in them."""
    return schemas.Teams(items=[shapes.team(row) for row in await teams.listed(tx)])


@post("/teams", tags=_TAGS)
async def create_team(tx: Tx, data: schemas.TeamIn) -> schemas.TeamOut:
    """Add a team."""
    return shapes.team(await teams.create(tx, data))


@patch("/teams/{team_id:int}", tags=_TAGS)
async def update_team(tx: Tx, team_id: int, data: schemas.TeamChange) -> schemas.TeamOut:
    """Change a team; members are replaced."""
    return shapes.team(await teams.update(tx, team_id, change=data))


@delete("/teams/{team_id:int}", tags=_TAGS)
async def delete_team(tx: Tx, team_id: int) -> None:
    """Use a team no longer; its members leave it."""
    await teams.delete(tx, team_id)


routes = [
    get_workspace,
    update_workspace,
    list_brands,
    create_brand,
    update_brand,
    delete_brand,
    list_units,
    create_unit,
    update_unit,
    delete_unit,
    list_teams,
    create_team,
    update_team,
    delete_team,
]
