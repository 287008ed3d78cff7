"""The protocol's JSON: what we write, and as little of what we read as possible."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec

from yizhan.kernel.llm.types import MOST_BYTES, ModelFailed, Options, Piece, Said, Server, Usage


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Text(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Text | None = None
    message: _Text | None = None
    finish_reason: str | None = None


class _Failure(msgspec.Struct):
    message: str = ""


class _Chunk(msgspec.Struct):
    choices: list[_Choice] | None = None
    usage: _Usage | None = None
    error: _Failure | str | None = None


_chunk = msgspec.json.Decoder(_Chunk, strict=False)


def body(
    server: Server, said: Sequence[Said], options: Options, *, streams: bool, formed: bool = True
) -> bytes:
    """A request's body. ``formed``: ask for the form by the protocol's own means."""
    asked: dict[str, Any] = {
        "model": server.model,
        "messages": [{"role": one.role, "content": one.content} for one in said],
        "max_tokens": options.most_tokens,
        "temperature": options.temperature,
        "stream": streams,
    }
    if streams:
        asked["stream_options"] = {"include_usage": True}
    if options.schema is not None and formed:
        asked["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": options.schema_name,
                "schema": options.schema,
                "strict": True,
            },
        }
    return msgspec.json.encode(asked)


def piece(raw: bytes | str) -> Piece:
    """One chunk, or a whole answer. Errors: ModelFailed."""
    try:
        read = _chunk.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelFailed("no_model", "The answer is not that of a model server.") from error
    if read.error is not None:
        told = read.error if isinstance(read.error, str) else read.error.message
        raise ModelFailed("server_error", told[:300])
    if read.choices is None and read.usage is None:
        raise ModelFailed("no_model", "The answer is not that of a model server.")
    text, finish = "", None
    for choice in (read.choices or [])[:1]:
        said = choice.delta or choice.message
        text = (said.content if said else None) or ""
        finish = choice.finish_reason
    usage = None
    if read.usage is not None:
        usage = Usage(
            max(0, read.usage.prompt_tokens), max(0, read.usage.completion_tokens), counted=True
        )
    return Piece(text, usage, finish)


def told(raw: bytes) -> str:
    """What a server says went wrong, in a line."""
    try:
        read = _chunk.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return " ".join(raw.decode(errors="replace").split())[:200]
    failure = read.error
    return (failure if isinstance(failure, str) else failure.message if failure else "")[:300]


async def bounded(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same, up to the limit. Errors: ModelFailed."""
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise ModelFailed("too_large", f"More than {MOST_BYTES} bytes.")
        yield chunk


async def lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The data of server-sent events. A line that is cut by the end of the body is dropped."""
    rest = b""
    async for chunk in bounded(chunks):
        *whole, rest = (rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
        for line in whole:
            if line.startswith(b"data:"):
                yield line[5:].strip()
    if rest.startswith(b"data:") and rest[5:].strip() == b"[DONE]":
        yield b"[DONE]"
