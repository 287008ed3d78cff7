"""Receiving webhooks: is this really from the desk, and what does it say?"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan_client.errors import SignatureInvalid

_TOLERANCE = 5 * 60  # seconds a delivery may be old, or ahead of our clock


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook says. ``id`` is the same when it is sent again: keep it, and do things once."""

    id: str = ""
    type: str
    timestamp: datetime
    data: dict[str, Any]


def verify(
    body: bytes | str,
    headers: Mapping[str, str],
    secret: str | Sequence[str],
    *,
    tolerance: float = _TOLERANCE,
    now: float | None = None,
) -> Event:
    """The event, when one of the secrets signed exactly these bytes (Standard Webhooks).

    ``body`` is the body as it came, not parsed and written again. While a secret is being
    replaced, give both. Errors: SignatureInvalid.
    """
    raw = body.encode() if isinstance(body, str) else body
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    moment = time.time() if now is None else now
    if not timestamp.isascii() or not timestamp.isdecimal():
        raise SignatureInvalid("There is no webhook-timestamp.")
    if abs(moment - int(timestamp)) > tolerance:
        raise SignatureInvalid("The signature is too old, or the clocks differ.")
    secrets = [secret] if isinstance(secret, str) else secret
    signed = f"{message_id}.{timestamp}.".encode() + raw
    wanted = [_signature(_key(one), signed) for one in secrets]
    if not any(
        hmac.compare_digest(one.encode(), theirs.encode())
        for one in wanted
        for theirs in given.get("webhook-signature", "").split()
    ):
        raise SignatureInvalid("No signature fits this secret.")
    event = msgspec.json.decode(raw, type=Event)
    return msgspec.structs.replace(event, id=message_id)


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as problem:
        raise SignatureInvalid("This is not a secret of a webhook.") from problem


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
