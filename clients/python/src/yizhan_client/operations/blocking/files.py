# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``files``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id, Upload
from yizhan_client.transport import SyncTransport


class Files:
    """Operations of ``files``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def upload(self, file: Upload, *, idempotency_key: str | None = None) -> models.FileOut:
        """Upload a file.

        Upload one file; attach it to a message by its id.

        Errors: FileTooLarge.
        """
        return self._transport.call(
            models.FileOut, "POST", "/api/v1/files", file=file, key=idempotency_key
        )

    def download(self, file_id: Id) -> bytes:
        """Download a file.

        A file that you uploaded or that hangs on a ticket which you may see.

        Errors: FileNotFound, TicketNotFound.
        """
        return self._transport.fetch("GET", "/api/v1/files/{}", file_id)
