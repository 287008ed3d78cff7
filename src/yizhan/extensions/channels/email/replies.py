"""Words of IMAP: sets of uids, dates, and what a server said of a mail. Pure."""

from __future__ import annotations

import imaplib
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

BATCH_BYTES = 16 * 1024 * 1024
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Listed(NamedTuple):
    """What the server said of one mail before it was fetched."""

    uid: int
    size: int
    arrived: datetime | None


def ok(status: str, data: Any) -> None:
    if status != "OK":
        detail = data[0] if data and isinstance(data[0], bytes) else b""
        raise imaplib.IMAP4.error(f"{status} {detail.decode('utf-8', 'replace')[:300]}")


def imap_date(text: str) -> str:
    """An ISO date the way IMAP writes it, in no locale but its own."""
    day = date.fromisoformat(text)
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def joined(uids: list[int]) -> str:
    """Uids as a short set: runs become ranges."""
    out: list[str] = []
    start = last = -1
    for uid in uids:
        if uid == last + 1 and start >= 0:
            last = uid
            continue
        if start >= 0:
            out.append(str(start) if start == last else f"{start}:{last}")
        start = last = uid
    if start >= 0:
        out.append(str(start) if start == last else f"{start}:{last}")
    return ",".join(out)


def first_bytes(listed: list[Listed]) -> list[Listed]:
    """As many as fit into one batch; at least one."""
    total = 0
    for at, one in enumerate(listed):
        total += one.size
        if total > BATCH_BYTES and at:
            return listed[:at]
    return listed


def internal_date(raw: bytes) -> datetime | None:
    try:
        found = datetime.strptime(raw.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    except (ValueError, UnicodeError):
        return None
    return found.astimezone(UTC)
