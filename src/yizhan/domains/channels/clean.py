"""Text as a database takes it: without NUL and without halves of surrogate pairs. Pure."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def text(value: str) -> str:
    """The same text; what no encoding can write is left out."""
    if value.isascii() and "\x00" not in value:
        return value
    return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def event(value: T) -> T:
    """A struct with all its texts cleaned, however deep; bytes stay as they are."""
    cleaned: T = _any(value)
    return cleaned


def _any(value: Any) -> Any:
    if isinstance(value, str):
        # A member of an enum is a text as well, and is one of ours.
        return text(value) if type(value) is str else value
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        fresh = {name: _any(old) for name, old in fields.items()}
        changed = {name: new for name, new in fresh.items() if new is not fields[name]}
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, dict):
        return {_any(key): _any(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_any(item) for item in value)
    return value
