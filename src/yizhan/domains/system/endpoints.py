"""HTTP of the installation's own state."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get, post, put
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter

from yizhan.domains.system import errors, schemas
from yizhan.domains.system.service import held, helping, viewing
from yizhan.domains.system.types import Window
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["system"]
_ZIP = "application/zip"


@get("/system/health", summary="How the installation is", tags=_TAGS)
async def get_system_health(
    tx: Tx,
    edge: Edge,
    window: Annotated[Window, Parameter(description="What the chart shows")] = "24h",
) -> schemas.HealthOut:
    """What it promises itself and how it keeps that over an hour, a day and 30 days; what slows its
    database. 404 ``shown_elsewhere`` outside of the operator's workspace."""
    return await viewing.show(tx, edge, window=window)


@put("/system/objectives", summary="Change what the installation promises", tags=_TAGS)
async def change_objective(tx: Tx, edge: Edge, data: schemas.ObjectiveIn) -> schemas.ObjectiveOut:
    """From the next minute on; what was counted before stays as it was judged then."""
    return await viewing.promise(tx, edge, data)


@post(
    "/system/support",
    summary="Make a support bundle",
    tags=_TAGS,
    status_code=200,
    responses={200: ResponseSpec(bytes, media_type=_ZIP, generate_examples=False)},
)
async def make_support_bundle(tx: Tx, edge: Edge) -> Response[bytes]:
    """A zip without personal data, to be sent to whoever helps; what is in it is said in its README.txt."""
    bundle = await helping.bundle(tx, edge)
    headers = {
        "Content-Disposition": f'attachment; filename="yizhan-support-{tx.now:%Y%m%d-%H%M}.zip"',
        "Cache-Control": "no-store",
    }
    return Response(bundle.content, media_type=_ZIP, headers=headers)


@get("/system/held", summary="What is held since a restore", tags=_TAGS)
async def get_held(tx: Tx) -> schemas.HeldOut:
    """Of one's own workspace: what waited when the backup was made, and what the desk wrote by itself since.
    Nothing of it goes out until somebody decides."""
    return await held.show(tx)


@post(
    "/system/held",
    summary="Send or set aside what is held",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.HeldAlreadyDecided,)},
)
async def decide_held(tx: Tx, data: schemas.HeldIn) -> schemas.HeldOut:
    """For all of the workspace; single messages can be sent by `POST /messages/{id}/retry`. It is done in
    the background, and can be said once."""
    return await held.decide(tx, data.decision)


routes = [get_system_health, change_objective, make_support_bundle, get_held, decide_held]
