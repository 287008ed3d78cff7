"""Signed marks in reply addresses: who holds one was sent it by us. Pure.

``<conversation in base 36>.<signature>``: 16 base-32 letters of HMAC-SHA256 (80 bits) under a key
of the workspace, bound to the conversation and to what the token is for. Guessing one takes 2^80
tries; a token says where a message belongs, never that its bearer may see anything.
"""

from __future__ import annotations

from yizhan.kernel.crypto import Vault

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
REPLY = "reply"  # about a conversation
SENT = "sent"  # about one outgoing message


def base36(number: int) -> str:
    out = ""
    while number:
        number, rest = divmod(number, 36)
        out = _DIGITS[rest] + out
    return out or "0"


def make(vault: Vault, number: int, *, workspace_id: int, purpose: str = REPLY) -> str:
    """A token for a conversation (REPLY) or an outgoing message (SENT)."""
    mac = vault.sign(f"{purpose}|{number}", workspace_id=workspace_id, purpose="thread")
    return f"{base36(number)}.{mac}"


def read(vault: Vault, token: str, *, workspace_id: int, purpose: str = REPLY) -> int | None:
    """The number in a token that is ours, None for any other."""
    body, _, mac = token.strip().lower().rpartition(".")
    if not mac.isascii() or not 0 < len(body) <= 13 or set(body) - set(_DIGITS):
        return None
    number = int(body, 36)
    good = vault.signed(f"{purpose}|{number}", mac, workspace_id=workspace_id, purpose="thread")
    return number if good and number < 1 << 63 else None
