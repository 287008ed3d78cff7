"""The client's methods: one for each operation, with and without ``await``."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from tools import client_schema
from tools.client_schema import PREFIX, Api, Json, Operation

FOLDER = "operations"
_WIDTH = 88
# May be said of every operation, so no operation says it.
_EVERYWHERE = (
    "invalid_token",
    "session_expired",
    "unauthorized",
    "csrf_missing",
    "forbidden",
    "rate_limited",
    "database_down",
    "unavailable",
    "bad_request",
    "idempotency_key_invalid",
    "idempotency_key_reused",
    "invalid",
    "too_large",
    "not_found",
)
_BUILTIN = re.compile(r"(?<![\w.])list\[")


@dataclass(frozen=True)
class Way:
    """One of the two ways to call."""

    folder: str
    prefix: str  # of the classes
    transport: str
    define: str
    wait: str
    iterator: str
    walk: str


WAYS = (
    Way("awaited", "Async", "AsyncTransport", "async def", "await ", "AsyncIterator", "walk"),
    Way("blocking", "", "SyncTransport", "def", "", "Iterator", "walk_sync"),
)


def files(api: Api) -> dict[str, str]:
    """Path below the package → text, not formatted yet."""
    found = {f"{FOLDER}/__init__.py": '"""One method for each operation of the API."""\n'}
    for way in WAYS:
        for tag in api.tags:
            found[f"{FOLDER}/{way.folder}/{tag}.py"] = _module(api, way, tag)
        found[f"{FOLDER}/{way.folder}/__init__.py"] = _together(api, way)
    return found


def _class(way: Way, tag: str) -> str:
    return way.prefix + tag.capitalize()


def _together(api: Api, way: Way) -> str:
    imports = [f"from yizhan_client.transport import {way.transport}"]
    imports += [
        f"from yizhan_client.{FOLDER}.{way.folder}.{tag} import {_class(way, tag)}"
        for tag in api.tags
    ]
    made = [f"        self.{tag} = {_class(way, tag)}(transport)" for tag in api.tags]
    return "\n".join(
        [
            '"""All operations, grouped as the API groups them."""\n',
            *sorted(imports),
            f"\n\nclass {way.prefix}Operations:",
            '    """What both clients have in common with the API."""\n',
            f"    def __init__(self, transport: {way.transport}) -> None:",
            "        self._transport = transport",
            *made,
        ]
    )


def _module(api: Api, way: Way, tag: str) -> str:
    mine = [one for one in api.operations if one.tag == tag]
    methods = []
    for one in mine:
        methods.append(_method(way, one))
        if item := _item(api, one):
            methods.append(_iterate(way, one, item=item))
    body = "\n\n".join(textwrap.indent(text, "    ") for text in methods)
    if any(one.name == "list" for one in mine):
        body = _BUILTIN.sub("builtins.list[", body)  # within the class `list` is a method
    head = f'class {_class(way, tag)}:\n    """Operations of ``{tag}``."""\n\n'
    start = (
        f"    def __init__(self, transport: {way.transport}) -> None:\n"
        "        self._transport = transport\n\n"
    )
    return f'"""Operations of ``{tag}``."""\n\n{_imports(way, body)}\n\n\n{head}{start}{body}\n'


def _imports(way: Way, body: str) -> str:
    lines = ["from __future__ import annotations", ""]
    lines += ["import builtins"] * ("builtins." in body)
    lines += ["import datetime as dt"] * ("dt." in body)
    lines += [f"from collections.abc import {way.iterator}"] * (way.iterator in body)
    typing = [word for word in ("Any", "Literal") if f"{word}[" in body or f"{word}]" in body]
    lines += [f"from typing import {', '.join(typing)}"] * bool(typing)
    ours = [word for word in ("models", "paging") if f"{word}." in body]
    lines += ["", f"from yizhan_client import {', '.join(ours)}"] if ours else [""]
    asked = [word for word in ("Id", "Upload") if re.search(rf": {word}\b", body)]
    lines += [f"from yizhan_client.request import {', '.join(asked)}"] * bool(asked)
    lines.append(f"from yizhan_client.transport import {way.transport}")
    return "\n".join(lines)


def _kind(schema: Json) -> str:
    return client_schema.annotation(schema, literal=True, prefix="models.")


def _ids(operation: Operation) -> list[str]:
    return [one["name"] for one in operation.parameters if one["in"] == "path"]


def _queries(operation: Operation) -> list[Json]:
    return [one for one in operation.parameters if one["in"] == "query"]


def _query_type(parameter: Json) -> str:
    kind = _kind(parameter["schema"])
    is_id = "int" in kind.split(" | ") and parameter["name"] not in ("limit", "old", "new")
    kind = kind.replace("int", "Id") if is_id else kind
    if parameter["required"]:
        return kind
    return f"{kind.removesuffix(' | None')} | None = None"


def _takes_version(operation: Operation) -> bool:
    return operation.method == "PATCH" and "412" in operation.spec["responses"]


def _signature(operation: Operation, *, body: bool = True, without: str = "") -> list[str]:
    found = ["self"]
    found += [f"{client_schema.safe(name)}: Id" for name in _ids(operation)]
    named = [
        f"{client_schema.safe(one['name'])}: {_query_type(one)}"
        for one in _queries(operation)
        if one["name"] != without
    ]
    if body and operation.body:
        media, schema = operation.body
        is_file = media.startswith("multipart")
        found.append("file: Upload" if is_file else f"body: {_kind(schema)}")
    if body and operation.method == "POST":
        named.append("idempotency_key: str | None = None")
    if body and _takes_version(operation):
        named.append("version: int | None = None")
    return [*found, "*", *named] if named else found


def _method(way: Way, operation: Operation) -> str:
    verb, kind = _answered(operation)
    given = [kind] if verb == "call" else []
    path = re.sub(r"\{\w+\}", "{}", operation.path)
    given += [f'"{operation.method}"', f'"{path}"', *map(client_schema.safe, _ids(operation))]
    if queries := _queries(operation):
        pairs = ", ".join(f'"{q["name"]}": {client_schema.safe(q["name"])}' for q in queries)
        given.append(f"query={{{pairs}}}")
    if operation.body:
        is_file = operation.body[0].startswith("multipart")
        given.append("file=file" if is_file else "body=body")
    if operation.method == "POST":
        given.append("key=idempotency_key")
    if _takes_version(operation):
        given.append("version=version")
    back = "" if verb == "send" else "return "
    return (
        f"{way.define} {operation.name}({', '.join(_signature(operation))}) -> {kind}:\n"
        f"{textwrap.indent(_docstring(operation), '    ')}\n"
        f"    {back}{way.wait}self._transport.{verb}({', '.join(given)})\n"
    )


def _answered(operation: Operation) -> tuple[str, str]:
    """How the answer is read, and its type."""
    if operation.answer is None:
        return "send", "None"
    media, schema = operation.answer
    return ("call", _kind(schema)) if media == "application/json" else ("fetch", "bytes")


def _docstring(operation: Operation) -> str:
    spec = operation.spec
    paragraphs = [f"{spec['summary']}.", *spec.get("description", "").split("\n\n")]
    own = sorted({code for code, _ in operation.codes if code not in _EVERYWHERE})
    if own:
        names = ", ".join(one.title().replace("_", "") for one in own)
        paragraphs.append(f"Errors: {names}.")
    if _takes_version(operation):
        paragraphs.append("With ``version`` a change of what somebody else changed is refused.")
    texts = [textwrap.fill(" ".join(one.split()), _WIDTH) for one in paragraphs if one.strip()]
    text = "\n\n".join(texts).replace("\\", "\\\\").replace(f"{PREFIX}", "/")
    return f'"""{text}\n"""' if "\n" in text else f'"""{text}"""'


# ---------------------------------------------------------------------------------- pages


def _item(api: Api, operation: Operation) -> str | None:
    """The type of the items, when the answer is a page that another one may follow."""
    if operation.method != "GET" or operation.answer is None or not _cursor(operation):
        return None
    found = list(client_schema.refs(operation.answer[1]))
    properties = api.schemas[found[0]]["properties"] if found else {}
    if "items" not in properties or "next_cursor" not in properties:
        return None
    return _kind(properties["items"]["items"])


def _cursor(operation: Operation) -> str:
    names = [one["name"] for one in _queries(operation)]
    return next((one for one in ("cursor", "after") if one in names), "")


def _iterate(way: Way, operation: Operation, *, item: str) -> str:
    cursor = _cursor(operation)
    verb, _, rest = operation.name.partition("_")
    name = f"iterate_{rest or verb}" if verb != "list" or rest else "iterate"
    # The log is read from a place that was kept; lists begin at their beginning.
    without = "" if cursor == "after" else cursor
    named = [
        f"{client_schema.safe(one['name'])}={client_schema.safe(one['name'])}"
        for one in _queries(operation)
        if one["name"] != cursor
    ]
    given = ", ".join([*map(client_schema.safe, _ids(operation)), *named, f"{cursor}=place"])
    begin = ", after" if cursor == "after" else ""
    signature = ", ".join(_signature(operation, body=False, without=without))
    return (
        f"def {name}({signature}) -> {way.iterator}[{item}]:\n"
        f'    """Every item of :meth:`{operation.name}`, page after page."""\n'
        f"    return paging.{way.walk}(lambda place: self.{operation.name}({given}){begin})\n"
    )
