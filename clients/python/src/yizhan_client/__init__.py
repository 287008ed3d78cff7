"""Typed client of the Yizhan customer-service desk.

``Client`` and ``AsyncClient`` have one method for each operation of the API, grouped as the API
groups them: ``client.tickets.create(...)``. What goes in and comes out are structs of ``models``;
what goes wrong is a class of ``errors``.
"""

from msgspec import UNSET

from yizhan_client import errors, models, webhooks
from yizhan_client.client import AsyncClient, Client
from yizhan_client.request import Upload
from yizhan_client.retry import Retries
from yizhan_client.stream import Frame

__all__ = [
    "UNSET",
    "AsyncClient",
    "Client",
    "Frame",
    "Retries",
    "Upload",
    "errors",
    "models",
    "webhooks",
]
