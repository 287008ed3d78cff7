"""Web Push without a relay: encryption for one browser (RFC 8291) and our name to its push service
(VAPID, RFC 8292). The service carries the message and cannot read it.
"""

from __future__ import annotations

import base64
import os
from datetime import datetime, timedelta

import httpx2
import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.jwk import ECKey

from yizhan.kernel import errors

RECORD = 4096  # services must take this much and need take no more
MOST = RECORD - 86 - 16 - 1  # bytes of text: without header, tag and delimiter
_SALT = 16
_AUTH = 16
_TOKEN_HOURS = 12  # RFC 8292 allows 24
_LAST_RECORD = b"\x02"


class BadSubscription(errors.Invalid):
    """This is not a browser's push subscription."""


class Subscription(msgspec.Struct, frozen=True):
    """Where a browser is reached, and its keys, as it gave them."""

    endpoint: str
    p256dh: str
    auth: str

    def receiver(self) -> tuple[ec.EllipticCurvePublicKey, bytes]:
        """Its public key and its secret. Errors: :class:`BadSubscription`."""
        try:
            point = unpadded(self.p256dh)
            public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
            auth = unpadded(self.auth)
        except ValueError as error:
            raise BadSubscription from error
        if len(auth) != _AUTH:
            raise BadSubscription
        return public, auth


def unpadded(text: str) -> bytes:
    """URL-safe base64 with or without its padding. Errors: ValueError."""
    return base64.b64decode(
        text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), b"-_", validate=True
    )


def plain64(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes."""
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _derive(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def encrypt(
    text: bytes,
    to: Subscription,
    *,
    padded: int = 0,
    salt: bytes | None = None,
    sender: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push: one aes128gcm record (RFC 8188). ``padded``: its text is at least as long,
    so that its length tells nothing. ``salt`` and ``sender`` are given by tests alone.
    """
    if len(text) > MOST:
        raise ValueError("too long for one record")
    public, auth = to.receiver()
    salt = salt or os.urandom(_SALT)
    sender = sender or ec.generate_private_key(ec.SECP256R1())
    mine = point_of(sender.public_key())
    shared = sender.exchange(ec.ECDH(), public)
    info = b"WebPush: info\x00" + point_of(public) + mine
    secret = _derive(shared, salt=auth, info=info, length=32)
    key = _derive(secret, salt=salt, info=b"Content-Encoding: aes128gcm\x00", length=16)
    nonce = _derive(secret, salt=salt, info=b"Content-Encoding: nonce\x00", length=12)
    content = text + _LAST_RECORD + bytes(max(0, min(padded, MOST) - len(text)))
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine
    return head + AESGCM(key).encrypt(nonce, content, None)


class Sender:
    """This installation, as push services know it."""

    def __init__(self, private: ec.EllipticCurvePrivateKey, *, contact: str) -> None:
        self._contact = contact
        self._key = ECKey.import_key(
            private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        self.public_key = plain64(point_of(private.public_key()))

    def authorization(self, endpoint: str, *, now: datetime) -> str:
        """The header that vouches for a message to this address."""
        url = httpx2.URL(endpoint)
        port = "" if url.port is None else f":{url.port}"
        host = f"[{url.host}]" if ":" in url.host else url.host
        claims = {
            "aud": f"{url.scheme}://{host}{port}",
            "exp": int((now + timedelta(hours=_TOKEN_HOURS)).timestamp()),
            "sub": self._contact,
        }
        token = jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, self._key)
        return f"vapid t={token}, k={self.public_key}"
