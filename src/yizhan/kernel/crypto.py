"""Secrets at rest: AES-256-GCM with the place they belong to as associated data.

A value that is copied to another row, table or workspace does not decrypt. Keys are derived per
workspace with HKDF-SHA256 from a master key that lives outside of the database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yizhan.kernel import errors
from yizhan.kernel.config import Config

_VERSION = b"\x01"
_NONCE = 12


class CannotDecrypt(errors.Unavailable):
    """A stored secret does not open: the key file is not the one it was written with."""


class Vault:
    """Encrypts and decrypts with one master key (32 bytes)."""

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("the master key must be 32 bytes")
        self._master = master
        self._key = lru_cache(maxsize=1024)(self._derive)

    def _derive(self, workspace_id: int, purpose: str) -> bytes:
        info = f"yizhan|{purpose}|{workspace_id}".encode()
        return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(self._master)

    def encrypt(self, plain: bytes, *, workspace_id: int, place: str) -> bytes:
        """``place`` names table, column and row: ``"webhook.secret.123"``."""
        nonce = os.urandom(_NONCE)
        sealed = AESGCM(self._key(workspace_id, "secrets")).encrypt(nonce, plain, place.encode())
        return _VERSION + nonce + sealed

    def decrypt(self, sealed: bytes, *, workspace_id: int, place: str) -> bytes:
        """Errors: :class:`CannotDecrypt` for another key, place or workspace, or a changed byte."""
        body = bytes(sealed)
        try:
            if body[:1] != _VERSION:
                raise InvalidTag
            key = self._key(workspace_id, "secrets")
            return AESGCM(key).decrypt(body[1 : 1 + _NONCE], body[1 + _NONCE :], place.encode())
        except InvalidTag as error:
            raise CannotDecrypt from error

    def sign(self, text: str, *, workspace_id: int, purpose: str, size: int = 16) -> str:
        """A short keyed signature in lower-case base32 (RFC 4648), safe in addresses and links."""
        mac = hmac.new(
            self._key(workspace_id, f"sign:{purpose}"), text.encode(), hashlib.sha256
        ).digest()
        return base64.b32encode(mac).decode().lower()[:size]

    def signed(
        self, text: str, mac: str, *, workspace_id: int, purpose: str, size: int = 16
    ) -> bool:
        """Whether ``mac`` is the signature of ``text``; takes the same time either way."""
        good = self.sign(text, workspace_id=workspace_id, purpose=purpose, size=size)
        return hmac.compare_digest(good, mac.lower())


def token(prefix: str = "") -> str:
    """A random token of 256 bits, URL-safe."""
    return prefix + secrets.token_urlsafe(32)


def digest(text: str) -> bytes:
    """What is stored of a token: SHA-256. The token has 256 random bits, so it needs no salt."""
    return hashlib.sha256(text.encode()).digest()


def open_vault(config: Config) -> Vault:
    """The installation's vault. Makes ``data/key`` (mode 0600) on first use."""
    if config.secret_key:
        return Vault(base64.b64decode(config.secret_key))
    path = config.data / "key"
    config.data.mkdir(parents=True, exist_ok=True)
    fresh = base64.b64encode(os.urandom(32))
    temporary = path.with_name(f"key.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        # Written whole, then linked: of two processes that start at once one wins, both read the same.
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as out:
            out.write(fresh)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            Path(temporary).unlink()
    return Vault(base64.b64decode(path.read_bytes()))
