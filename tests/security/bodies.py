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
    pattern = str(schema.get("pattern", ""))
    if pattern == _ID_PATTERN or name.endswith("_id") or name == "id":
        return ids.get(name, ids["contact_id"])
    if match := re.fullmatch(r"\^\(([^|)]+)(\|[^)]+)*\)\$", pattern):
        return match.group(1)
    known = {
        "email": "x@example.test",
        "url": "https://example.com/",
        "time_zone": "UTC",
        "begins": "2031-01-01T00:00",
        "ends": "2031-01-02T00:00",
        "locale": "en",
        "color": "#112233",
        "kind": "email",
        "value": "x@example.test",
        "seen_up_to": "1",
        "after": "1",
        "attachment": ids.get("file_id", "1"),
        "member": ids.get("agent_id", "1"),
    }
    if name in known:
        return known[name]
    return "x" * max(1, int(schema.get("minLength", 1)))


def plain(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without references and choices; what stands around a choice holds for it, too."""
    schema = _resolve(document, schema)
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in schema:
            real = [option for option in schema[choice] if option.get("type") != "null"]
            around = {key: inner for key, inner in schema.items() if key != choice}
            return plain(document, {**_resolve(document, real[0]), **around})
    return schema


def _kind(schema: dict[str, Any]) -> str:
    if "properties" in schema:
        return "object"
    kind = schema.get("type", "string")
    return next(k for k in kind if k != "null") if isinstance(kind, list) else str(kind)


_NUMBERS = {"boolean": False, "number": 1.0}


# A shape may hold itself, as a tree does: this deep it is cut off.
_DEEPEST = 6


def value(
    document: dict[str, Any],
    schema: dict[str, Any],
    ids: dict[str, str],
    *,
    name: str = "",
    depth: int = 0,
    least: bool = False,
) -> Any:
    """A value that the schema accepts: with everything, or with the least that it asks for."""
    schema = plain(document, schema)
    kind = _kind(schema)
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "object":
        fields = schema.get("properties", {})
        if least or depth > _DEEPEST:
            fields = {field: fields[field] for field in schema.get("required", ())}
        return {
            field: value(document, inner, ids, name=field, depth=depth + 1)
            for field, inner in fields.items()
        }
    if kind == "array":
        if depth > _DEEPEST:
            return []
        item = name.removesuffix("s")
        inner = f"{item}_id" if f"{item}_id" in ids else item
        return [value(document, schema.get("items", {}), ids, name=inner, depth=depth + 1)]
    if kind == "integer":
        return max(1, schema.get("minimum", 1))
    if kind in _NUMBERS:
        return _NUMBERS[kind]
    return (
        "2030-01-01T00:00:00Z" if schema.get("format") == "date-time" else _text(name, schema, ids)
    )
