"""Errors as small classes: a status, a stable code, and the docstring as the message (RFC 9457)."""

from __future__ import annotations

import re
from typing import Any, ClassVar


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class YizhanError(Exception):
    """Something went wrong."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = _snake(cls.__name__)

    def __init__(self, detail: str | None = None, **extra: Any) -> None:
        self.detail = detail or (type(self).__doc__ or "").strip()
        self.extra = extra
        super().__init__(self.detail)

    def problem(self) -> dict[str, Any]:
        """The body of an ``application/problem+json`` answer."""
        title = (type(self).__doc__ or type(self).__name__).strip().splitlines()[0]
        return {
            "type": f"urn:yizhan:error:{self.code}",
            "title": title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.extra,
        }


class Invalid(YizhanError):
    """The request is not valid; nothing was changed."""

    status = 422


class BadRequest(YizhanError):
    """The request cannot be read."""

    status = 400


class Unauthorized(YizhanError):
    """Sign in, or send a valid token."""

    status = 401


class Forbidden(YizhanError):
    """Your role does not allow this."""

    status = 403


class NotFound(YizhanError):
    """There is nothing here that you can see."""

    status = 404


class Conflict(YizhanError):
    """Somebody else changed this in the meantime."""

    status = 409


class Gone(YizhanError):
    """This no longer exists."""

    status = 410


class PreconditionFailed(YizhanError):
    """The version that you changed is no longer the current one."""

    status = 412


class TooLarge(YizhanError):
    """This is larger than the limit."""

    status = 413


class TooMany(YizhanError):
    """Too many requests; wait a little."""

    status = 429


class Unavailable(YizhanError):
    """This part is not available right now; try again soon."""

    status = 503
