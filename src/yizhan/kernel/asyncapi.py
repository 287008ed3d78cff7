"""The events of the log as an AsyncAPI 3.0 document: what webhooks send and the event list gives.

https://www.asyncapi.com/docs/reference/specification/v3.0.0
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from yizhan.kernel import events

Part = dict[str, Any]

_TEMPLATE = "#/components/schemas/{name}"
_ENVELOPE: dict[str, Part] = {
    "type": {"type": "string", "description": "The name of what happened."},
    "timestamp": {"type": "string", "format": "date-time", "description": "When, in UTC."},
    "cursor": {"type": "string", "description": "The place in the log, for GET /api/v1/events."},
    "actor": {"type": "object", "description": "Who did it: kind, id and name as of then."},
}
_HEADERS: dict[str, Part] = {
    "webhook-id": {
        "type": "string",
        "description": "The same in every try: to recognise a repetition.",
    },
    "webhook-timestamp": {
        "type": "string",
        "description": "Seconds since 1970, when this try was made.",
    },
    "webhook-signature": {"type": "string", "description": "Standard Webhooks, v1 (HMAC-SHA256)."},
}


def _loosened(part: Any) -> Any:
    """Whole numbers that JavaScript would round travel as text."""
    if isinstance(part, dict):
        if part.get("type") == "integer":
            return {"type": ["integer", "string"], "description": "as text from 2^53 on"}
        return {key: _loosened(value) for key, value in part.items()}
    return [_loosened(one) for one in part] if isinstance(part, list) else part


def _data(kind: type[events.Event], schemas: Mapping[str, Part]) -> Part:
    """The schema of an event's ``data``: its struct without the tag."""
    whole = schemas[kind.__name__]
    fields = {name: part for name, part in whole["properties"].items() if name != "type"}
    required = [name for name in whole.get("required", ()) if name != "type"]
    return {"type": "object", "properties": fields, "required": required}


def _message(tag: str, kind: type[events.Event], schemas: Mapping[str, Part]) -> Part:
    data = _data(kind, schemas)
    payload = {**_ENVELOPE, "type": {"const": tag}, "data": data}
    return {
        "name": tag,
        "summary": (kind.__doc__ or "").strip().split("\n")[0],
        "contentType": "application/json",
        "headers": {"type": "object", "properties": _HEADERS},
        "payload": {
            "type": "object",
            "properties": payload,
            "required": ["type", "timestamp", "data"],
        },
    }


def describe(*, title: str, version: str) -> Part:
    """The document of all event types that are registered."""
    kinds = dict(sorted(events.registry().items()))
    _, schemas = msgspec.json.schema_components(kinds.values(), ref_template=_TEMPLATE)
    loose = {name: _loosened(part) for name, part in schemas.items()}
    own = {kind.__name__ for kind in kinds.values()}
    messages = {tag: _message(tag, kind, loose) for tag, kind in kinds.items()}
    refs = {tag: {"$ref": f"#/components/messages/{tag}"} for tag in messages}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": title, "version": version},
        "defaultContentType": "application/json",
        "channels": {
            "webhook": {
                "description": "Your own address: each event is posted there, in order for each ticket.",
                "address": None,
                "messages": refs,
            }
        },
        "operations": {
            "post": {
                "action": "send",
                "channel": {"$ref": "#/channels/webhook"},
                "summary": "What happened, signed, tried for 24 hours.",
            }
        },
        "components": {
            "messages": messages,
            "schemas": {name: part for name, part in loose.items() if name not in own},
        },
    }
