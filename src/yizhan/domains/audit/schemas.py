"""What the API gives of the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class AuditOut(msgspec.Struct, kw_only=True):
    """One row of the chain; ``hash`` in hex."""

    seq: int
    at: datetime
    actor: dict[str, Any]
    action: str
    object: dict[str, Any]
    detail: dict[str, Any]
    ip: str
    hash: str
