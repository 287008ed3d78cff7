"""What the API gives of the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.kernel.actor import Stamp


class Thing(msgspec.Struct):
    """What was acted on. ``label`` is what people call it today; null where it is gone."""

    kind: str | None
    id: str | None
    label: str | None = None


class AuditOut(msgspec.Struct, kw_only=True):
    """One row of the chain; ``hash`` in hex."""

    seq: int
    at: datetime
    actor: Stamp
    action: str
    object: Thing
    detail: dict[str, Any]
    ip: str
    hash: str
