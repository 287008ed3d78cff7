"""Answers of a given form: asked for, checked, repaired once, or a clear failure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from yizhan.kernel.llm import client
from yizhan.kernel.llm.types import ModelFailed, Options, Said, Server, Usage

T = TypeVar("T")
_FENCE = re.compile(r"\A```[a-z]{0,10}\s|```\Z")


def schema_of(kind: type) -> dict[str, object]:
    """The JSON Schema of a struct, with everything in it that it refers to."""
    (out,), components = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    schema = components.pop(kind.__name__, out)
    return {**schema, "$defs": components} if components else schema


def read(text: str, kind: type[T]) -> T:
    """The value in an answer, also between fences or sentences. Errors: msgspec.ValidationError …"""
    bare = _FENCE.sub("", text.strip()).strip()
    opened, closed = bare.find("{"), bare.rfind("}")
    if opened >= 0 and closed > opened:
        bare = bare[opened : closed + 1]
    return msgspec.json.decode(bare, type=kind, strict=False)


async def shaped(
    server: Server, said: Sequence[Said], kind: type[T], *, options: Options | None = None
) -> tuple[T, Usage]:
    """A value of a struct's form, and what it took.

    Errors: :class:`ModelFailed`, with the reason "nonsense" if the second answer does not fit either.
    """
    schema = schema_of(kind)
    wanted = msgspec.structs.replace(options or Options(), schema=schema, schema_name="answer")
    form = msgspec.json.encode(schema).decode()
    asked = [
        *said,
        Said("system", f"Answer with one JSON object of this schema, nothing else: {form}"),
    ]
    first = await client.ask(server, asked, wanted)
    try:
        return read(first.text, kind), first.usage
    except (msgspec.DecodeError, RecursionError) as error:
        again = [
            *asked,
            Said("assistant", first.text[:8000]),
            Said("user", f"This does not fit: {error}. Give the corrected JSON object only."),
        ]
    second = await client.ask(server, again, wanted)
    usage = Usage(
        first.usage.asked + second.usage.asked,
        first.usage.answered + second.usage.answered,
        first.usage.counted and second.usage.counted,
    )
    try:
        return read(second.text, kind), usage
    except (msgspec.DecodeError, RecursionError) as error:
        raise ModelFailed(
            "nonsense", f"The answer does not have the form asked for: {error}"
        ) from error
