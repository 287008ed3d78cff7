"""Which pages may show the chat and talk to it. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from yizhan.extensions.channels.chat.settings import Settings
from yizhan.kernel import errors

_ORIGIN = re.compile(r"https?://[a-zA-Z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?")
_HOST = re.compile(r"[a-zA-Z0-9.-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?")


class OriginNotAllowed(errors.Forbidden):
    """This website is not on the chat's list."""


def check_parent(settings: Settings, parent: str) -> str:
    """The host page's origin. Errors: OriginNotAllowed. An empty list lets every website in."""
    allowed = {origin.rstrip("/").lower() for origin in settings.allowed_origins}
    if not _ORIGIN.fullmatch(parent) or (allowed and parent.lower() not in allowed):
        raise OriginNotAllowed
    return parent


def check_origin(settings: Settings, origin: str, *, host: str, public_url: str) -> None:
    """Who may call: the frame, which is the desk's own page, and the websites on the list.

    Browsers always say where a socket or a post comes from; other programs say nothing, and could
    say anything.
    """
    if not origin:
        return
    parts = urlsplit(origin)
    own = urlsplit(public_url)
    if parts.netloc and parts.netloc in (host, own.netloc):
        return
    if origin.lower() not in {o.rstrip("/").lower() for o in settings.allowed_origins}:
        raise OriginNotAllowed


def frame_policy(parent: str, *, host: str) -> str:
    """The Content-Security-Policy of the frame. ``parent`` is checked; empty: nobody frames it."""
    # Older Safari does not count a socket to the same host as 'self'.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        f"connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {parent or chr(39) + 'none' + chr(39)}"
    )
