"""One question to a model server, whole or as a stream."""

from __future__ import annotations

import contextlib
import datetime
import email.utils
from collections.abc import AsyncGenerator, AsyncIterator, Sequence

import httpx2

from yizhan.kernel import clock, egress
from yizhan.kernel.llm import wire
from yizhan.kernel.llm.types import (
    ModelFailed,
    Options,
    Piece,
    Reason,
    Reply,
    Said,
    Server,
    Usage,
    guess,
)

_LONGEST_WAIT = 600.0
_STREAM, _JSON = "text/event-stream", "application/json"


def endpoint(url: str) -> str:
    """Where to post: people give ``http://host:11434``, ``…/v1`` or the whole address.

    Errors: EgressRefused for something that is no address at all.
    """
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise egress.EgressRefused("This is not an address.") from error
    path = parsed.path.rstrip("/").removesuffix("/chat/completions")
    return str(
        parsed.copy_with(path=f"{path or '/v1'}/chat/completions", query=None, fragment=None)
    )


def _wait(headers: dict[str, str]) -> float | None:
    """The seconds of a Retry-After, which is a number or a date."""
    raw = headers.get("retry-after", "").strip()
    if raw.replace(".", "", 1).isdigit():
        return min(float(raw), _LONGEST_WAIT)
    with contextlib.suppress(ValueError, TypeError):
        then = email.utils.parsedate_to_datetime(raw)
        if then.tzinfo is None:
            then = then.replace(tzinfo=datetime.UTC)
        return min(max(0.0, (then - clock.now()).total_seconds()), _LONGEST_WAIT)
    return None


_BY_STATUS: dict[int, Reason] = {
    401: "key",
    402: "limited",
    403: "key",
    404: "unknown_model",
    429: "limited",
}


async def _check(flow: egress.Flow) -> None:
    """Errors: ModelFailed for an answer that is no answer."""
    if flow.status == 200:
        return
    if 300 <= flow.status < 400:
        raise ModelFailed("redirected", flow.headers.get("location", "")[:200])
    raw = b""
    async for chunk in wire.bounded(flow.chunks):
        raw += chunk
        if len(raw) > 10_000:
            break
    reason: Reason = (
        "server_error" if flow.status >= 500 else _BY_STATUS.get(flow.status, "rejected")
    )
    detail = f"{flow.status}: {wire.told(raw[:10_000])}".rstrip(": ")
    raise ModelFailed(reason, detail, wait=_wait(flow.headers))


async def _pieces(flow: egress.Flow) -> AsyncIterator[Piece]:
    kind = flow.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _STREAM:
        ended = False
        async for line in wire.lines(flow.chunks):
            if line == b"[DONE]":
                return
            if line:
                one = wire.piece(line)
                ended = ended or one.finish is not None
                yield one
        if not ended:
            raise ModelFailed("broken", "The answer ended in its middle.")
        return
    if kind != _JSON:  # one that cannot stream answers with all of it, which is fine
        raise ModelFailed("no_model", f"It answers with {kind or 'nothing known'}.")
    raw = b""
    async for chunk in wire.bounded(flow.chunks):
        raw += chunk
    yield wire.piece(raw)


async def _exchange(server: Server, content: bytes, *, streams: bool) -> AsyncIterator[Piece]:
    headers = {"Content-Type": _JSON, "Accept": f"{_STREAM}, {_JSON}" if streams else _JSON}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    try:
        async with (
            egress.Client(server.allow) as client,
            client.flow(
                "POST",
                endpoint(server.url),
                headers=headers,
                content=content,
                seconds=server.whole_seconds,
                quiet_seconds=server.quiet_seconds,
            ) as flow,
        ):
            await _check(flow)
            async for one in _pieces(flow):
                yield one
    except egress.EgressRefused as error:
        raise ModelFailed("refused", error.detail) from error
    except egress.EgressFailed as error:
        late = isinstance(error.__cause__, TimeoutError | httpx2.TimeoutException)
        reason: Reason = "timeout" if late else "unreachable"
        if isinstance(error.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError):
            reason = "broken"
        raise ModelFailed(reason, error.detail) from error


async def _formed(
    server: Server, said: Sequence[Said], options: Options, *, streams: bool
) -> AsyncIterator[Piece]:
    """Without the protocol's form where a server rejects that; the words ask for it as well."""
    try:
        async for one in _exchange(
            server, wire.body(server, said, options, streams=streams), streams=streams
        ):
            yield one
    except ModelFailed as error:
        if error.reason != "rejected" or options.schema is None:
            raise
        plain = wire.body(server, said, options, streams=streams, formed=False)
        async for one in _exchange(server, plain, streams=streams):
            yield one


async def stream(
    server: Server, said: Sequence[Said], options: Options | None = None, *, streams: bool = True
) -> AsyncGenerator[Piece, None]:
    """The answer's pieces as they come; the last one has the usage, guessed if the server is silent.

    Iterate it in one task; closing it hangs up. Errors: :class:`ModelFailed`.
    """
    size = 0
    usage: Usage | None = None
    finish = "stop"
    async for one in _formed(server, said, options or Options(), streams=streams):
        usage, finish = one.usage or usage, one.finish or finish
        if one.text:
            size += guess(one.text)
            yield Piece(one.text)
    if not size:
        raise ModelFailed("empty", "The answer is empty.")
    asked = sum(guess(one.content) for one in said)
    yield Piece("", usage or Usage(asked, size), finish)


async def ask(server: Server, said: Sequence[Said], options: Options | None = None) -> Reply:
    """The whole answer. Errors: :class:`ModelFailed`."""
    parts: list[str] = []
    last = Piece()
    async for last in stream(server, said, options, streams=False):
        parts.append(last.text)
    return Reply("".join(parts), last.usage or Usage(), last.finish or "stop")
