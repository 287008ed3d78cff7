"""The seal: hash = sha256(previous hash || canonical JSON of the row). Pure."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from yizhan.domains.audit.types import Entry

GENESIS = bytes(32)


def canonical(entry: Entry, *, workspace_id: int) -> bytes:
    """One way to write a row: sorted keys, no blanks, UTF-8, times in UTC to the microsecond."""
    fields = {
        "workspace_id": str(workspace_id),
        "seq": entry.seq,
        "event_id": None if entry.event_id is None else str(entry.event_id),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "object": entry.object,
        "detail": entry.detail,
        "ip": entry.ip,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def seal(previous: bytes, entry: Entry, *, workspace_id: int) -> bytes:
    """The hash of a row behind the row with the hash ``previous``."""
    return hashlib.sha256(previous + canonical(entry, workspace_id=workspace_id)).digest()
