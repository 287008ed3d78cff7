"""Valid request bodies made from the OpenAPI document, with foreign ids wherever an id is asked for."""

from __future__ import annotations

import re
from typing import Any

_ID_PATTERN = "^[0-9]{1,19}$"


def _resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _text(name: str, schema: dict[str, Any], ids: dict[str, str]) -> str:
    pattern = schema.get("pattern", "")
    if pattern == _ID_PATTERN or name.endswith("_id") or name == "id":
        return ids.get(name, ids["contact_id"])
    if match := re.fullmatch(r"\^\(([^|)]+)(\|[^)]+)*\)\$", pattern):
        return match.group(1)
    known = {
        "email": "x@example.test",
        "url": "https://example.com/",
        "time_zone": "UTC",
        "locale": "en",
        "color": "#112233",
        "kind": "email",
        "value": "x@example.test",
        "seen_up_to": "1",
        "attachment": ids.get("file_id", "1"),
        "member": ids.get("agent_id", "1"),
    }
    if name in known:
        return known[name]
    return "x" * max(1, schema.get("minLength", 1))


def value(
    document: dict[str, Any], schema: dict[str, Any], ids: dict[str, str], *, name: str = ""
) -> Any:
    """A value that the schema accepts."""
    schema = _resolve(document, schema)
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in schema:
            real = [s for s in schema[choice] if s.get("type") != "null"]
            around = {key: inner for key, inner in schema.items() if key != choice}
            return value(document, {**_resolve(document, real[0]), **around}, ids, name=name)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next(k for k in kind if k != "null")
    if kind == "object" or "properties" in schema:
        fields = schema.get("properties", {})
        return {field: value(document, inner, ids, name=field) for field, inner in fields.items()}
    if kind == "array":
        item = name.removesuffix("s")
        inner = f"{item}_id" if f"{item}_id" in ids else item
        return [value(document, schema.get("items", {}), ids, name=inner)]
    if kind == "integer":
        return max(1, schema.get("minimum", 1))
    if kind == "number":
        return 1.0
    if kind == "boolean":
        return False
    if schema.get("format") == "date-time":
        return "2030-01-01T00:00:00Z"
    return _text(name, schema, ids)
