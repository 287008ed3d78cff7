"""What may go wrong, and how an error's class is found by its code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import msgspec

__all__ = [
    "AnswerUnreadable",
    "BadRequest",
    "ClientError",
    "Conflict",
    "ConnectionFailed",
    "FieldError",
    "Forbidden",
    "Gone",
    "Invalid",
    "NewerMessage",
    "NotFound",
    "PreconditionFailed",
    "Problem",
    "SignatureInvalid",
    "TooLarge",
    "TooMany",
    "Unauthorized",
    "Unavailable",
    "of",
]

T = TypeVar("T")
_by_code: dict[str, type[Problem]] = {}
_by_status: dict[int, type[Problem]] = {}


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field of what was sent."""

    field: str = ""
    message: str = ""


class NewerMessage(msgspec.Struct, frozen=True):
    """What the customer wrote meanwhile: the members of ``newer`` of StaleReply."""

    id: str
    author: str
    text: str
    created_at: datetime


class ClientError(Exception):
    """All that this package raises."""


class ConnectionFailed(ClientError):
    """The server could not be reached, or went away before it answered."""


class AnswerUnreadable(ClientError):
    """The answer is not what this version of the client expects."""


class SignatureInvalid(ClientError):
    """What claims to be a webhook was not signed with this secret, or is too old."""


class Problem(ClientError):
    """The server refused. ``code`` is stable; ``detail`` is for people."""

    status: int = 0
    code: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.code = re.sub(r"(?<!^)(?=[A-Z0-9])", "_", cls.__name__).lower()
        _by_code[cls.code] = cls
        if "status" in cls.__dict__:
            _by_status[cls.status] = cls

    def __init__(
        self,
        detail: str = "",
        *,
        status: int | None = None,
        code: str = "",
        errors: Sequence[FieldError] = (),
        members: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = type(self).status if status is None else status
        self.told = code or type(self).code  # the code as it came, if this version does not know it
        self.errors = list(errors)
        self.members = members or {}  # all that the answer held, such as `newer` of StaleReply

    def member(self, name: str, kind: type[T]) -> T:
        """A further member of the answer, as the wanted type."""
        return msgspec.convert(self.members.get(name), kind)

    def __str__(self) -> str:
        return f"{self.told} ({self.status}): {self.detail}"


class BadRequest(Problem):
    """The request cannot be read."""

    status = 400


class Unauthorized(Problem):
    """Send a valid token."""

    status = 401


class Forbidden(Problem):
    """The token's rights do not allow this."""

    status = 403


class NotFound(Problem):
    """There is nothing here that the token can see."""

    status = 404


class Conflict(Problem):
    """Somebody else changed this in the meantime."""

    status = 409


class Gone(Problem):
    """This no longer exists."""

    status = 410


class PreconditionFailed(Problem):
    """The version that was changed is no longer the current one."""

    status = 412


class TooLarge(Problem):
    """This is larger than the limit."""

    status = 413


class Invalid(Problem):
    """The request is not valid; nothing was changed."""

    status = 422


class TooMany(Problem):
    """Too many requests."""

    status = 429


class Unavailable(Problem):
    """This part is not available right now."""

    status = 503


def of(code: str, *, status: int) -> type[Problem]:
    """The class of a code; that of the status when the code is new."""
    return _by_code.get(code) or _by_status.get(status) or Problem
