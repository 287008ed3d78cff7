"""What the server said: a value of the wanted type, or an error as a class of its code."""

from __future__ import annotations

import functools
from typing import Any, TypeVar

import httpx2
import msgspec

from yizhan_client import errors

T = TypeVar("T")


class _Problem(msgspec.Struct):
    """An error after RFC 9457, as far as it is there."""

    status: int = 0
    code: str = ""
    title: str = ""
    detail: str = ""
    errors: list[errors.FieldError] = []


@functools.cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def read(kind: type[T], response: httpx2.Response) -> T:
    """The answer as the wanted type. Fields that this version does not know are passed over."""
    check(response)
    try:
        wanted: Any = kind
        value: T = _decoder(wanted).decode(response.content)
    except msgspec.DecodeError as problem:
        raise errors.AnswerUnreadable(f"{response.request.url}: {problem}") from problem
    return value


def check(response: httpx2.Response) -> None:
    """Raises what the answer says went wrong."""
    if response.status_code < httpx2.codes.BAD_REQUEST:
        return
    members: dict[str, Any] = {}
    problem = _Problem()
    try:
        members = msgspec.json.decode(response.content, type=dict[str, Any])
        problem = msgspec.convert(members, _Problem)
    except msgspec.DecodeError:  # of a proxy before the server
        problem = _Problem(detail=response.text[:500])
    kind = errors.of(problem.code, status=response.status_code)
    raise kind(
        problem.detail or problem.title or f"HTTP {response.status_code}",
        status=response.status_code,
        code=problem.code or kind.code,
        errors=problem.errors,
        members=members,
    )
