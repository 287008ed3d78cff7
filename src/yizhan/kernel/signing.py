"""Signatures after Standard Webhooks 1.0: HMAC-SHA256 over id, timestamp and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

_PREFIX = "whsec_"


def new_secret() -> bytes:
    """A fresh key of 256 bits."""
    return secrets.token_bytes(32)


def shown(secret: bytes) -> str:
    """The key as receivers' libraries take it."""
    return _PREFIX + base64.b64encode(secret).decode()


def sign(secret: bytes, *, message_id: str, timestamp: int, body: str) -> str:
    """One signature: ``v1,<base64>``."""
    text = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(secret, text, hashlib.sha256).digest()).decode()


def headers(
    keys: Sequence[bytes], *, message_id: str, moment: datetime, body: str
) -> dict[str, str]:
    """The headers of a delivery; while a key is being replaced, both sign."""
    timestamp = int(moment.timestamp())
    signed = [sign(key, message_id=message_id, timestamp=timestamp, body=body) for key in keys]
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signed),
    }
