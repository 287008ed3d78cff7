"""Files: upload and download."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from yizhan.domains.tickets import schemas
from yizhan.domains.tickets.service import files
from yizhan.kernel import http, idempotency
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge

_TAGS = ["files"]


@post("/files", summary="Upload a file", tags=_TAGS, opt={"remembers": True})
async def upload_file(
    request: Request[Any, Any, Any],
    who: Actor,
    edge: Edge,
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> schemas.FileOut:
    """Upload one file; attach it to a message by its id."""
    content = await data.read()
    await data.seek(0)  # it is read again where the request has a key
    files.may_upload(who, size=len(content), most=edge.config.max_upload_mb * 1024 * 1024)
    kept = await files.put(
        edge.store,
        who.workspace_id,
        name=data.filename,
        content_type=data.content_type,
        content=content,
    )
    async with edge.database.begin(who) as tx:
        made: schemas.FileOut = await idempotency.within(
            tx, request, data=data, status=201, run=lambda: files.upload(tx, kept)
        )
        return made


@get(
    "/files/{file_id:int}",
    summary="Download a file",
    tags=_TAGS,
    media_type="application/octet-stream",
)
async def download_file(who: Actor, edge: Edge, file_id: int) -> Response[bytes]:
    """A file that you uploaded or that hangs on a ticket which you may see."""
    async with edge.database.begin(who) as tx:
        stored = await files.open_file(tx, file_id)
    content = await edge.store.get(who.workspace_id, stored.sha256)
    return http.file_response(stored.name, stored.content_type, content)


routes = [upload_file, download_file]
