"""The client's structs, one module for each tag."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tools import client_schema
from tools.client_schema import SHARED, Api, Json

FOLDER = "models"
_WIDTH = 99


def files(api: Api) -> dict[str, str]:
    """Path below the package → text, not formatted yet."""
    found = {}
    modules = [one for one in [SHARED, *api.tags] if api.names_in(one)]
    for module in modules:
        found[f"{FOLDER}/{module}.py"] = _module(api, module)
    lines = [f"from yizhan_client.models.{module} import *" for module in sorted(modules)]
    found[f"{FOLDER}/__init__.py"] = (
        '"""What goes in and what comes out. A field that is ``UNSET`` is not sent."""\n\n'
        + "\n".join(lines)
    )
    return found


def _module(api: Api, module: str) -> str:
    names = api.names_in(module)
    body = "\n\n\n".join("\n".join(_struct(api, name)) for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    what = "several parts" if module == SHARED else f"``{module}``"
    return f'"""Structs of {what}."""\n\n{_imports(api, module, body)}\n\n__all__ = [{listed},]\n\n\n{body}\n'


def _imports(api: Api, module: str, body: str) -> str:
    lines = ["from __future__ import annotations", ""]
    if "dt." in body:
        lines.append("import datetime as dt")
    typing = [word for word in ("Any", "Literal") if word in body]
    if typing:
        lines.append(f"from typing import {', '.join(typing)}")
    marks = {"UNSET": "UNSET", "Struct": "", "UnsetType": "UnsetType", "field": " field("}
    used = [word for word, mark in marks.items() if mark in body]
    lines += ["", f"from msgspec import {', '.join(used)}"]
    spoken = {ref for name in api.names_in(module) for ref in client_schema.refs(api.schemas[name])}
    if shared := sorted(ref for ref in spoken if api.module[ref] == SHARED != module):
        lines += ["", f"from yizhan_client.models.shared import {', '.join(shared)}"]
    return "\n".join(lines)


def _struct(api: Api, name: str) -> Iterator[str]:
    schema = api.schemas[name]
    yield f"class {name}(Struct, kw_only=True):"
    text = " ".join(str(schema.get("description") or _named(name)).split()).replace("\\", "\\\\")
    wrapped = textwrap.wrap(text, _WIDTH - 8)
    end = "" if len(wrapped) == 1 else "\n    "
    yield textwrap.indent('"""' + "\n".join(wrapped), "    ") + end + '"""'
    if schema["properties"]:
        yield ""
    required = set(schema.get("required", []))
    for key, value in schema["properties"].items():
        yield _field(api, name, key, value=value, required=key in required)


def _named(name: str) -> str:
    return client_schema.snake(name).replace("_", " ").capitalize() + "."


def _field(api: Api, name: str, key: str, *, value: Json, required: bool) -> str:
    sent, received = name in api.sent, name in api.received
    kind = client_schema.annotation(value, literal=sent and not received)
    given, default = client_schema.safe(key), ""
    if not required and sent:
        kind, default = client_schema.union([kind, "UnsetType"]), "UNSET"
    elif not required:
        kind, default = kind if "None" in kind or kind == "Any" else f"{kind} | None", "None"
    if given != key:
        arguments = f'default={default}, name="{key}"' if default else f'name="{key}"'
        default = f"field({arguments})"
    line = f"    {given}: {kind}" + (f" = {default}" if default else "")
    return line + _values(value, line, shown=received)


def _values(value: Json, line: str, *, shown: bool) -> str:
    """What an enumeration that is read as text may be, if there is room."""
    if not shown or "enum" not in value:
        return ""
    comment = "  # " + ", ".join(str(one) for one in value["enum"])
    return comment if len(line + comment) <= _WIDTH else ""
