"""Signing in and out, and one's own account."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import Cookie

from yizhan.domains.identity import schemas
from yizhan.domains.identity.endpoints import shapes
from yizhan.domains.identity.service import (
    authentication,
    profile,
    sessions,
    signing_in,
    totp,
    workspaces,
)
from yizhan.kernel import errors, http
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

SESSION_COOKIE = "yz_session"
DEVICE_COOKIE = "yz_device"
_YEAR = 365 * 86_400
_TAGS = ["auth"]

Req = Request[Any, Any, Any]


class JsonOnly(errors.Invalid):
    """Send application/json: another site's form must not be able to sign somebody in."""


def _cookie(edge: Edge, name: str, *, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=edge.config.https,
    )


@post("/auth/login", status_code=200, opt={"public": True}, security=[{}], tags=_TAGS)
async def login(request: Req, edge: Edge, data: schemas.Login) -> Response[schemas.Me]:
    """Sign in with e-mail and password, and a code if the second factor is on."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise JsonOnly
    visitor = signing_in.Visitor(
        ip=http.client_ip(request, edge.config),
        user_agent=request.headers.get("user-agent", ""),
        session=request.cookies.get(SESSION_COOKIE),
        device=request.cookies.get(DEVICE_COOKIE),
    )
    done = await signing_in.sign_in(edge.database, data, vault=edge.vault, visitor=visitor)
    longest = int(authentication.LONGEST.total_seconds())
    return Response(
        done.me,
        headers={"Cache-Control": "no-store"},
        cookies=[
            _cookie(edge, SESSION_COOKIE, value=done.session, seconds=longest),
            _cookie(edge, DEVICE_COOKIE, value=done.device, seconds=_YEAR),
        ],
    )


@post("/auth/logout", status_code=204, tags=_TAGS)
async def logout(tx: Tx, edge: Edge) -> Response[None]:
    """Sign out of this browser."""
    await sessions.sign_out(tx)
    gone = _cookie(edge, SESSION_COOKIE, value="", seconds=0)
    return Response(None, status_code=204, cookies=[gone])


@get("/auth/me", tags=_TAGS)
async def get_me(tx: Tx) -> schemas.Me:
    """Who is signed in, where, and with which rights."""
    return await profile.me(tx)


@patch("/auth/me", tags=_TAGS)
async def update_me(tx: Tx, data: schemas.MeChange) -> schemas.Me:
    """Change one's own profile and preferences."""
    return await profile.update(tx, data)


@post("/auth/password", status_code=204, tags=_TAGS)
async def change_password(tx: Tx, edge: Edge, data: schemas.PasswordChange) -> None:
    """Change one's own password; all other sessions end."""
    await profile.change_password(tx, database=edge.database, current=data.current, new=data.new)


@post("/auth/totp", status_code=200, tags=_TAGS)
async def start_totp(tx: Tx, edge: Edge) -> schemas.TotpStart:
    """Begin setting up the second factor."""
    workspace = await workspaces.current(tx)
    secret, uri = await totp.start(tx, vault=edge.vault, workspace=workspace)
    return schemas.TotpStart(secret=secret, uri=uri)


@post("/auth/totp/confirm", status_code=200, tags=_TAGS)
async def confirm_totp(tx: Tx, edge: Edge, data: schemas.CodeOnly) -> schemas.RecoveryCodes:
    """Turn the second factor on with a first code."""
    codes = await totp.confirm(tx, code=data.code, vault=edge.vault)
    return schemas.RecoveryCodes(recovery_codes=codes)


@post("/auth/totp/disable", status_code=204, tags=_TAGS)
async def disable_totp(tx: Tx, edge: Edge, data: schemas.PasswordOnly) -> None:
    """Turn the second factor off."""
    await totp.disable(tx, database=edge.database, password=data.password)


@get("/auth/sessions", tags=_TAGS)
async def list_sessions(tx: Tx) -> schemas.Sessions:
    """Where one is signed in."""
    rows = await sessions.listed(tx)
    return schemas.Sessions(
        items=[shapes.session(row, current=tx.actor.session_id) for row in rows]
    )


@delete("/auth/sessions/{session_id:int}", tags=_TAGS)
async def revoke_session(tx: Tx, session_id: int) -> None:
    """End one of one's own sessions."""
    await sessions.revoke(tx, session_id)


@delete("/auth/sessions", tags=_TAGS)
async def revoke_other_sessions(tx: Tx) -> None:
    """End all of one's own sessions but this one."""
    await sessions.revoke_others(tx)


routes = [
    login,
    logout,
    get_me,
    update_me,
    change_password,
    start_totp,
    confirm_totp,
    disable_totp,
    list_sessions,
    revoke_session,
    revoke_other_sessions,
]
