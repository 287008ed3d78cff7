"""The key of the vault within a backup: as it is, or sealed with a passphrase.

Sealed: scrypt (RFC 7914; 64 MB, so that guessing is dear) gives the key for AES-256-GCM.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from yizhan.app.backups import errors
from yizhan.kernel.config import Config

PASSPHRASE = "YIZHAN_BACKUP_PASSPHRASE"  # noqa: S105 -- the name of a variable
_MARK = b"yizhan-key-1\n"
_SALT = 16
_NONCE = 12


def current(config: Config) -> bytes | None:
    """The installation's key in base64; None before its first start."""
    if config.secret_key:
        return config.secret_key.encode()
    path = config.data / "key"
    return path.read_bytes() if path.is_file() else None


def seal(key: bytes, passphrase: str) -> bytes:
    """The key, to be opened by the passphrase only."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return _MARK + salt + nonce + AESGCM(_derive(passphrase, salt)).encrypt(nonce, key, _MARK)


def unseal(sealed: bytes, passphrase: str | None) -> bytes:
    """The key again. Errors: :class:`.PassphraseMissing`, :class:`.PassphraseWrong`."""
    if not sealed.startswith(_MARK):
        return sealed
    if not passphrase:
        raise errors.PassphraseMissing(f"The key of this backup is sealed; set {PASSPHRASE}.")
    body = sealed[len(_MARK) :]
    salt, nonce = body[:_SALT], body[_SALT : _SALT + _NONCE]
    try:
        return AESGCM(_derive(passphrase, salt)).decrypt(nonce, body[_SALT + _NONCE :], _MARK)
    except InvalidTag as error:
        raise errors.PassphraseWrong from error


def same(one: bytes, other: bytes) -> bool:
    """Whether two keys in base64 are one key."""
    return base64.b64decode(one) == base64.b64decode(other)


def _derive(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=1 << 16, r=8, p=1).derive(passphrase.encode())
