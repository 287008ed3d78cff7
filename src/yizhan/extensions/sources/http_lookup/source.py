"""Asks an address of the administrator's choice, signed, and maps its JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from yizhan.domains.panel import contract
from yizhan.domains.panel.contract import (
    Content,
    CustomerFacts,
    Host,
    LookupFailed,
    Question,
    SourceSettingsInvalid,
)
from yizhan.extensions.sources.http_lookup import mapping
from yizhan.extensions.sources.http_lookup.settings import Settings
from yizhan.kernel import clock

TYPE = "panel.lookup"
_REACHES = ("email", "phone", "external_id", "app_user")
_UNKNOWN_THERE = (204, 404)
# Amounts are exact: 19.90 stays 19.90.
_JSON = msgspec.json.Decoder(float_hook=Decimal)


def check(settings: Settings) -> None:
    """Two parts of one name cannot be told apart."""
    parts = [*mapping.keys_of(settings.fields), *mapping.keys_of(settings.tables)]
    if again := contract.repeated(parts):
        raise SourceSettingsInvalid(f"the key {again} is there twice", field="fields")
    for table in settings.tables:
        if again := contract.repeated(mapping.keys_of(table.columns)):
            raise SourceSettingsInvalid(f"the column {again} is there twice", field="tables")


async def fetch(settings: Settings, question: Question, host: Host) -> Content:
    told = _told(question.customer, settings.send)
    if not any(told.get(name) for name in told if name != "id"):
        raise LookupFailed(contract.NOTHING_TO_ASK)
    body = msgspec.json.encode(
        {
            "type": TYPE,
            "timestamp": clock.text(host.now),
            "data": {
                "workspace_id": question.workspace_id,
                "source_id": str(host.source_id),
                "customer": told,
                "ticket": question.ticket,
            },
        }
    )
    headers = {"accept": "application/json"} | host.signed(body.decode())
    if settings.authorization:
        headers["authorization"] = settings.authorization
    answer = await host.request("POST", settings.url, headers=headers, content=body)
    if answer.status in _UNKNOWN_THERE:
        return Content()
    if answer.status != 200:
        raise LookupFailed("status", str(answer.status))
    try:
        document = _JSON.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LookupFailed("unreadable", str(error)[:300]) from error
    return mapping.content(settings, document)


def _told(customer: CustomerFacts, send: tuple[str, ...]) -> dict[str, Any]:
    """Our id, and what the administrator lets go."""
    found: dict[str, Any] = {"id": customer.id}
    for name in send:
        found[name] = customer.values(name) if name in _REACHES else getattr(customer, name)
    return found
