"""Roles, permissions and API tokens."""

from __future__ import annotations

from litestar import Response, delete, get, patch, post

from yizhan.domains.identity import permissions, schemas
from yizhan.domains.identity.endpoints import shapes
from yizhan.domains.identity.service import roles, tokens
from yizhan.kernel.tx import Tx

_TAGS = ["access"]


@get("/permissions", tags=_TAGS)
async def list_permissions(tx: Tx) -> list[schemas.PermissionOut]:
    """Every permission there is, with its names and the scopes in which it can be given."""
    permissions.require_staff(tx.actor)
    return [
        schemas.PermissionOut(
            permission=one.name, title={"zh": one.zh, "en": one.en}, scopes=list(one.scopes)
        )
        for one in permissions.PERMISSIONS.values()
    ]


@get("/roles", tags=_TAGS)
async def list_roles(tx: Tx) -> schemas.Roles:
    """All roles and what they allow."""
    return schemas.Roles(items=[shapes.role(row) for row in await roles.listed(tx)])


@get("/roles/names", tags=_TAGS)
async def list_role_names(tx: Tx) -> schemas.RoleNames:
    """What the roles are called, for all colleagues: whoever asks for an approval chooses among them."""
    return schemas.RoleNames(items=[shapes.role_name(row) for row in await roles.named(tx)])


@post("/roles", tags=_TAGS)
async def create_role(tx: Tx, data: schemas.RoleIn) -> schemas.RoleOut:
    """Add a role."""
    return shapes.role(await roles.create(tx, data))


@patch("/roles/{role_id:int}", tags=_TAGS)
async def update_role(tx: Tx, role_id: int, data: schemas.RoleChange) -> schemas.RoleOut:
    """Change a role; grants are replaced."""
    return shapes.role(await roles.update(tx, role_id, change=data))


@delete("/roles/{role_id:int}", tags=_TAGS)
async def delete_role(tx: Tx, role_id: int) -> None:
    """Remove a role that nobody has."""
    await roles.delete(tx, role_id)


@get("/tokens", tags=_TAGS)
async def list_tokens(tx: Tx) -> schemas.Tokens:
    """API tokens: one's own, or all for who manages them."""
    return schemas.Tokens(items=[shapes.token(row) for row in await tokens.listed(tx)])


@post("/tokens", tags=_TAGS)
async def create_token(tx: Tx, data: schemas.TokenIn) -> Response[schemas.TokenOut]:
    """Make an API token; its text is in this answer only."""
    row, text = await tokens.create(tx, data)
    return Response(shapes.token(row, secret=text), headers={"Cache-Control": "no-store"})


@delete("/tokens/{token_id:int}", tags=_TAGS)
async def revoke_token(tx: Tx, token_id: int) -> None:
    """Revoke an API token, and those that it made."""
    await tokens.revoke(tx, token_id)


routes = [
    list_permissions,
    list_roles,
    list_role_names,
    create_role,
    update_role,
    delete_role,
    list_tokens,
    create_token,
    revoke_token,
]
