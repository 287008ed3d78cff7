"""What is asked of a model server, and what comes back."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from yizhan.kernel import errors

Role = Literal["system", "user", "assistant"]
Reason = Literal[
    "refused",  # the address may not be reached from here
    "unreachable",
    "timeout",
    "redirected",
    "key",  # it does not take the key
    "unknown_model",
    "limited",  # it says: too many requests, or nothing left to spend
    "rejected",  # it does not understand the question
    "server_error",
    "no_model",  # whatever answers there, it is no model server
    "broken",  # the answer ended in its middle
    "nonsense",  # it does not have the form that was asked for
    "empty",
    "too_large",
    "resting",  # it failed too often; it is left alone for a while
]
MOST_BYTES: Final = 4 * 1024 * 1024


class ModelFailed(errors.Unavailable):
    """The model server did not give a usable answer."""

    def __init__(self, reason: Reason, detail: str = "", *, wait: float | None = None) -> None:
        extra: dict[str, Any] = {"reason": reason}
        if wait is not None:
            extra["retry_after"] = max(1, round(wait))
        super().__init__(detail or None, **extra)
        self.reason = reason
        self.wait = wait


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """Where to ask, and how long to wait."""

    url: str
    model: str
    key: str = ""
    allow: tuple[str, ...] = ()  # networks besides the public internet
    quiet_seconds: float = 20.0  # until the first byte, and between two pieces
    whole_seconds: float = 90.0

    def __repr__(self) -> str:
        return f"Server({self.url!r}, {self.model!r})"  # a key is for nobody's log


class Said(msgspec.Struct, frozen=True):
    """One message of the question."""

    role: Role
    content: str


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to answer."""

    most_tokens: int = 1000
    temperature: float = 0.2
    schema: dict[str, Any] | None = None  # the form of the answer, as JSON Schema
    schema_name: str = "answer"


class Usage(msgspec.Struct, frozen=True):
    """Tokens of a question and its answer. ``counted``: the server said so; else they are guessed."""

    asked: int = 0
    answered: int = 0
    counted: bool = False


class Piece(msgspec.Struct, frozen=True):
    """A part of an answer; the last one has the usage."""

    text: str = ""
    usage: Usage | None = None
    finish: str | None = None


class Reply(msgspec.Struct, frozen=True):
    """A whole answer. ``finish`` is "length" where it was cut."""

    text: str
    usage: Usage
    finish: str = "stop"


def guess(text: str) -> int:
    """About how many tokens a text has: a Chinese character is about one, four letters are."""
    wide = sum(1 for sign in text if ord(sign) > 0x2E7F)
    return wide + (len(text) - wide + 3) // 4
