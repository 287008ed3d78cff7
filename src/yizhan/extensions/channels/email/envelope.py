"""One mail, one key: the same whether it is fetched again, re-numbered, or came by two aliases."""

from __future__ import annotations

import hashlib

from yizhan.extensions.channels.email import headers, mime

# What the author wrote; everything else in the header is traces of the way.
_AUTHORED = ("message-id", "from", "date", "subject", "to", "cc", "in-reply-to")


def dedupe_key(raw: bytes) -> str:
    """Stable over fetches: the author's fields and the body, line ends and traces left out."""
    fields, start = mime.split_headers(raw, _after_separator(raw), len(raw))
    ids = next((headers.message_ids(value) for name, value in fields if name == "message-id"), [])
    digest = hashlib.sha256()
    names = ("message-id", "from", "date") if ids else _AUTHORED
    for wanted in names:
        for name, value in fields:
            if name == wanted:
                digest.update(name.encode() + b":" + b" ".join(value.split()) + b"\n")
    digest.update(raw[start:].replace(b"\r\n", b"\n").rstrip())
    return f"mail:{digest.hexdigest()}"


def made_up_id(raw: bytes) -> str:
    """A stable id for a mail that came without one."""
    return f"{dedupe_key(raw).partition(':')[2][:40]}@without-message-id.invalid"


def _after_separator(raw: bytes) -> int:
    return raw.find(b"\n") + 1 if raw.startswith((b"From ", b">From ")) else 0
