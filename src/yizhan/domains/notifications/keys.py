"""The key pair by which push services know this installation: made once, on first use."""

from __future__ import annotations

from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from yizhan.kernel import webpush
from yizhan.kernel.config import Config
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

_NAME = "vapid"
_PLACE = "installation_key.sealed.vapid"
_NOWHERE = 0  # of no workspace


def _fresh() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


async def sender(tx: Tx, vault: Vault, config: Config) -> webpush.Sender:
    """This installation as a sender of pushes. Of two first uses at once one makes the key."""
    read = "SELECT sealed FROM installation_key WHERE name = $1"
    sealed = await tx.db.fetchval(read, _NAME)
    if sealed is None:
        fresh = vault.encrypt(_fresh(), workspace_id=_NOWHERE, place=_PLACE)
        await tx.db.execute(
            "INSERT INTO installation_key (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            _NAME,
            fresh,
        )
        sealed = await tx.db.fetchval(read, _NAME)
    raw = vault.decrypt(sealed, workspace_id=_NOWHERE, place=_PLACE)
    private = serialization.load_der_private_key(raw, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("the installation's push key is of another kind")
    # Services want somebody to turn to; the desk's own address says who it is.
    return webpush.Sender(private, contact=f"https://{urlsplit(config.url).hostname}")
