"""Files: upload and download."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from yizhan.domains.tickets import schemas
from yizhan.domains.tickets.service import files
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["files"]


@post("/files", summary="Upload a file", tags=_TAGS)
async def upload_file(
    tx: Tx,
    edge: Edge,
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> schemas.FileOut:
    """Upload one file; attach it to a message by its id."""
    content = await data.read()
    return await files.upload(
        tx,
        edge.store,
        name=data.filename,
        content_type=data.content_type,
        content=content,
        most=edge.config.max_upload_mb * 1024 * 1024,
    )


def serve(stored: files.StoredContent, content: bytes) -> Response[bytes]:
    """A file's bytes such that no browser runs them: pictures in place, everything else as a download."""
    shown = stored.content_type in files.SHOWN
    disposition = "inline" if shown else "attachment"
    return Response(
        content,
        media_type=stored.content_type if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(stored.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, max-age=31536000, immutable",
        },
    )


@get(
    "/files/{file_id:int}",
    summary="Download a file",
    tags=_TAGS,
    media_type="application/octet-stream",
)
async def download_file(tx: Tx, edge: Edge, file_id: int) -> Response[bytes]:
    """A file that you uploaded or that hangs on a ticket which you may see."""
    stored = await files.open_file(tx, file_id)
    return serve(stored, await edge.store.get(tx.workspace_id, stored.sha256))


routes = [upload_file, download_file]
