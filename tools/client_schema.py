"""The API's description as the generator of the client reads it: types, operations, who uses what."""

from __future__ import annotations

import keyword
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
PREFIX = "/api/v1/"
SHARED = "shared"
_SIMPLE = {"string": "str", "integer": "int", "boolean": "bool", "number": "float", "null": "None"}
_FORMATS = {"date-time": "dt.datetime", "date": "dt.date", "binary": "bytes"}
_TAKEN = ("list", "dict", "str", "int", "bool", "float", "dt")  # annotations need these names


@dataclass(frozen=True)
class Operation:
    """One method at one path."""

    tag: str
    name: str  # of the Python method
    method: str
    path: str
    spec: Json

    @property
    def parameters(self) -> list[Json]:
        """Of path and query, as they stand in the path and then in the description."""
        return [one for one in self.spec.get("parameters", []) if one["in"] in ("path", "query")]

    @property
    def body(self) -> tuple[str, Json] | None:
        """Media type and schema of what is sent."""
        for media, content in self.spec.get("requestBody", {}).get("content", {}).items():
            return media, content["schema"]
        return None

    @property
    def answer(self) -> tuple[str, Json] | None:
        """Media type and schema of what comes back."""
        for status, found in self.spec["responses"].items():
            if status < "300":
                for media, content in found.get("content", {}).items():
                    return media, content["schema"]
        return None

    @property
    def codes(self) -> list[tuple[str, int]]:
        """The codes of its errors, with their statuses."""
        return [
            (code, int(status))
            for status, answer in self.spec["responses"].items()
            if status >= "400"
            for code in re.findall("`([a-z0-9_]+)`", answer["description"])
        ]


class Api:
    """The whole description."""

    def __init__(self, document: Json) -> None:
        self.schemas: dict[str, Json] = document["components"]["schemas"]
        self.operations = list(_operations(document))
        self.tags = sorted({one.tag for one in self.operations})
        asked = self._reach(lambda one: one.body)
        answered = self._reach(lambda one: one.answer)
        self.sent = set(asked)
        self.received = set(answered)
        used: dict[str, set[str]] = defaultdict(set)
        for reach in (asked, answered):
            for name, tags in reach.items():
                used[name] |= tags
        # A schema stands with the one tag that uses it, or with those that several use.
        self.module = {
            name: next(iter(tags)) if len(tags) == 1 else SHARED for name, tags in used.items()
        }

    def names_in(self, module: str) -> list[str]:
        """The schemas of a module."""
        return sorted(name for name, place in self.module.items() if place == module)

    def _reach(self, part: Any) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.operations:
            media = part(one)
            todo = list(refs(media[1])) if media else []
            while todo:
                name = todo.pop()
                if one.tag not in found[name]:
                    found[name].add(one.tag)
                    todo += refs(self.schemas[name])
        return found


def refs(schema: Any) -> Iterator[str]:
    """The names of all schemas that one speaks of itself."""
    if isinstance(schema, list):
        for one in schema:
            yield from refs(one)
    elif isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            else:
                yield from refs(value)


def annotation(schema: Json, *, literal: bool, prefix: str = "") -> str:
    """The Python type of a schema. Without ``literal`` an enumeration is read as plain text, so
    that a value that a later server adds does not break an older client."""

    def inner(one: Json) -> str:
        return annotation(one, literal=literal, prefix=prefix)

    if "$ref" in schema:
        return prefix + str(schema["$ref"]).rpartition("/")[2]
    if "oneOf" in schema:
        return union([inner(one) for one in schema["oneOf"]])
    if "enum" in schema:
        return _enumerated(schema["enum"], literal=literal)
    if schema.get("type") == "array":
        return f"list[{inner(schema.get('items', {}))}]"
    if schema.get("type") == "object":
        more = schema.get("additionalProperties")
        return f"dict[str, {inner(more) if isinstance(more, dict) else 'Any'}]"
    found = _FORMATS.get(schema.get("format", "")) or _SIMPLE.get(schema.get("type", ""))
    return found or "Any"


def _enumerated(values: list[Any], *, literal: bool) -> str:
    known = [one for one in values if one is not None]
    exact = f"Literal[{', '.join(map(_quoted, known))}]"
    found = exact if literal else type(known[0]).__name__
    return found if None not in values else f"{found} | None"


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def union(parts: list[str]) -> str:
    """Each part once, ``None`` last. What is text in JSON cannot be told apart there."""
    found = list(dict.fromkeys(part for one in parts for part in one.split(" | ")))
    if "Any" in found:
        return "Any"
    if "str" in found:
        found = [one for one in found if one not in ("dt.datetime", "dt.date")]
    return " | ".join([one for one in found if one != "None"] + ["None"] * ("None" in found))


def snake(name: str) -> str:
    """``listTickets`` → ``list_tickets``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def safe(name: str) -> str:
    """A name that Python takes."""
    found = re.sub(r"\W", "_", name)
    return f"{found}_" if keyword.iskeyword(found) or found in _TAKEN else found


def _operations(document: Json) -> Iterator[Operation]:
    taken: set[tuple[str, str]] = set()
    for path, methods in sorted(document["paths"].items()):
        # What customers' browsers and other vendors call is not for this client; nor is the
        # stream, which is written by hand.
        if not path.startswith(PREFIX) or path == PREFIX + "stream":
            continue
        for method in METHODS:
            if method in methods:
                spec = methods[method]
                tag = spec["tags"][0]
                name = _short(snake(spec["operationId"]), tag)
                if (tag, name) in taken:
                    name = snake(spec["operationId"])
                taken.add((tag, name))
                yield Operation(tag, name, method.upper(), path, spec)


def _short(name: str, tag: str) -> str:
    """``tickets.create_ticket`` says the word twice: ``tickets.create``."""
    verb, _, rest = name.partition("_")
    return verb if rest in (tag, tag.removesuffix("s")) and not keyword.iskeyword(verb) else name
