"""Writes ``docs/reference`` (settings, events, permissions, error codes) from the running code, and the
Python client.

A test compares the pages with what this would write, so that none of them can be forgotten.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

import yizhan
from tools import client
from yizhan.domains.identity import permissions
from yizhan.kernel import config, errors, events

FOLDER = "docs/reference"
NOTE = "<!-- Written by `make openapi` from the code; do not edit. -->\n\n"
# Parts that start something when imported, or belong to developers only.
NOT_IMPORTED = ("yizhan.kernel.postgres.keeper",)


def pages() -> dict[str, str]:
    """Path below the root → text."""
    load_all()
    return {
        f"{FOLDER}/settings.md": settings(),
        f"{FOLDER}/events.md": event_types(),
        f"{FOLDER}/permissions.md": permission_names(),
        f"{FOLDER}/errors.md": error_codes(),
    }


def load_all() -> None:
    """Imports every module, so that every class is there."""
    for found in pkgutil.walk_packages(yizhan.__path__, "yizhan."):
        if not found.name.startswith(NOT_IMPORTED):
            importlib.import_module(found.name)


def settings() -> str:
    """Each field of the configuration with the comment beside it."""
    comments = dict(_comments(inspect.getsource(config), "Config"))
    rows = []
    for field in msgspec.structs.fields(config.Config):
        default = "" if field.default is msgspec.NODEFAULT else _plain(field.default)
        variable = f"`YIZHAN_{field.name.upper()}`"
        rows.append((variable, _type(field.type), default, comments.get(field.name, "")))
    head = (
        "# Settings of the installation\n\n"
        "Variables of the environment come before the TOML file named by `YIZHAN_CONFIG` (keys in "
        "lower case, without the prefix), which comes before the defaults.\n\n"
    )
    return NOTE + head + _table(("variable", "type", "default", "meaning"), rows)


def event_types() -> str:
    """Each type of the log with its fields."""
    rows = []
    for tag, kind in sorted(events.registry().items()):
        if not kind.__module__.startswith("yizhan."):
            continue
        fields = msgspec.structs.fields(kind)
        listed = ", ".join(f"`{field.name}` {_logged(field)}" for field in fields)
        rows.append((f"`{tag}`", _sentence(kind), listed))
    head = (
        "# Events\n\nThe log of what happened: `GET /api/v1/events`, webhooks and the live stream "
        "speak of these types. Ids are text.\n\n"
    )
    return NOTE + head + _table(("type", "meaning", "data"), rows)


def permission_names() -> str:
    """Each permission with its scopes."""
    rows = [
        (f"`{one.name}`", *(str(value) for value in _titles(one)), ", ".join(one.scopes))
        for one in permissions.PERMISSIONS.values()
    ]
    head = (
        "# Permissions\n\nA role is a list of these, each with a scope: `all` of the workspace, a "
        "`unit` and what is below it, the `team`, or one's `own` work.\n\n"
    )
    return NOTE + head + _table(("permission", "中文", "English", "scopes"), rows)


def error_codes() -> str:
    """Each error with its status and code."""
    found = {
        (kind.code, kind.status, _sentence(kind))
        for kind in _below(errors.YizhanError)
        if kind.__module__.startswith("yizhan.")
    }
    rows = [(f"`{code}`", str(status), text) for code, status, text in sorted(found)]
    head = (
        "# Error codes\n\nErrors are `application/problem+json` (RFC 9457) with `type`, `title`, "
        "`status`, `detail` and the stable `code`.\n\n"
    )
    return NOTE + head + _table(("code", "status", "meaning"), rows)


# ---------------------------------------------------------------------------------- inside


def _below(kind: type[errors.YizhanError]) -> Iterator[type[errors.YizhanError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _below(one)


def _comments(source: str, class_name: str) -> Iterator[tuple[str, str]]:
    """The comment at the end of each field of a class."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    last = lines[(field.end_lineno or field.lineno) - 1]
                    yield field.target.id, last.partition("  # ")[2].strip()


def _titles(permission: Any) -> tuple[str, str]:
    values = msgspec.structs.astuple(permission)
    return values[1], values[2]


def _sentence(kind: type) -> str:
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


def _logged(field: msgspec.structs.FieldInfo) -> str:
    """Ids are numbers in the program and text in the log."""
    return _type(field.type).replace("int", "id") if "_id" in field.name else _type(field.type)


def _type(kind: Any) -> str:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(_type(one) for one in arguments)
    if origin in (tuple, list):
        return f"list of {_type(arguments[0])}" if arguments else "list"
    if kind is type(None):
        return "null"
    if origin is Literal:
        return "str"  # which ones: the comment says it
    return str(getattr(origin or kind, "__name__", kind))


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        value = ",".join(map(str, value))
    return "" if value in {"", None} else f"`{value}`"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_row(head), _row(tuple("---" for _ in head)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> int:
    """Writes all pages."""
    root = Path(__file__).resolve().parent.parent
    for path, text in pages().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
        print(path)
    return client.main()  # its errors say what the pages say


if __name__ == "__main__":
    sys.exit(main())
