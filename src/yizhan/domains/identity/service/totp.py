"""The second factor: time-based codes (RFC 6238), each good once, and recovery codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

import pyotp

from yizhan.domains.identity import errors, events
from yizhan.domains.identity.repository import access
from yizhan.domains.identity.service import oneself
from yizhan.domains.identity.types import Workspace
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

_STEP_SECONDS = 30
_RECOVERY_CODES = 10


def _place(agent_id: int) -> str:
    return f"agent.totp_secret.{agent_id}"


def fold(code: str) -> str:
    """A code without the blanks and dashes that people type."""
    return "".join(code.split()).replace("-", "").lower()


def _hash(code: str) -> str:
    return hashlib.sha256(fold(code).encode()).hexdigest()


def _fresh_codes() -> list[str]:
    """Recovery codes of 80 random bits, in groups that can be read out."""
    plain = (
        base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(_RECOVERY_CODES)
    )
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in plain]


async def verify_code(
    tx: Tx, agent_id: int, *, code: str, vault: Vault, kept: access.Secrets
) -> bool:
    """Whether a time-based code is right, and burn its time step."""
    if kept.totp_secret is None or not fold(code).isdigit():
        return False
    secret = vault.decrypt(
        kept.totp_secret, workspace_id=tx.workspace_id, place=_place(agent_id)
    ).decode()
    otp = pyotp.TOTP(secret)
    step = int(tx.now.timestamp()) // _STEP_SECONDS
    for candidate in (step, step - 1, step + 1):
        if hmac.compare_digest(otp.at(candidate * _STEP_SECONDS), fold(code)):
            return await access.use_step(tx, agent_id, step=candidate)
    return False


async def verify(tx: Tx, agent_id: int, *, code: str, vault: Vault) -> str | None:
    """Accept a time-based or a recovery code, once. Returns which of them it was, or None."""
    kept = await access.secrets(tx, agent_id)
    if kept is None:
        return None
    if await verify_code(tx, agent_id, code=code, vault=vault, kept=kept):
        return "totp"
    if await access.use_recovery(tx, agent_id, code_hash=_hash(code)):
        return "recovery"
    return None


async def start(tx: Tx, *, vault: Vault, workspace: Workspace) -> tuple[str, str]:
    """A new secret and its address for an authenticator app. Not asked for before `confirm`."""
    agent_id = oneself.agent_id(tx)
    kept = await oneself.secrets(tx)
    if kept.totp_enabled:
        raise errors.TotpEnabled
    secret = pyotp.random_base32()
    sealed = vault.encrypt(secret.encode(), workspace_id=tx.workspace_id, place=_place(agent_id))
    await access.set_totp(tx, agent_id, secret=sealed, enabled=False, recovery=[])
    issuer = f"Yizhan {workspace.name}".replace(":", " ")
    return secret, pyotp.TOTP(secret).provisioning_uri(name=kept.email, issuer_name=issuer)


async def confirm(tx: Tx, *, code: str, vault: Vault) -> list[str]:
    """Turn the second factor on. Returns the recovery codes, which are shown once."""
    agent_id = oneself.agent_id(tx)
    kept = await oneself.secrets(tx)
    if kept.totp_enabled:
        raise errors.TotpEnabled
    if kept.totp_secret is None:
        raise errors.TotpNotStarted
    if not await verify_code(tx, agent_id, code=code, vault=vault, kept=kept):
        raise errors.WrongCode
    codes = _fresh_codes()
    hashes = [_hash(one) for one in codes]
    await access.set_totp(tx, agent_id, secret=kept.totp_secret, enabled=True, recovery=hashes)
    tx.emit(events.SecondFactorChanged(agent_id=agent_id, enabled=True))
    return codes


async def disable(tx: Tx, *, database: Database, password: str) -> None:
    """Turn the second factor off. Errors: WrongPassword, TooManyAttempts."""
    agent_id = oneself.agent_id(tx)
    await oneself.confirm_password(tx, database=database, password=password)
    await access.set_totp(tx, agent_id, secret=None, enabled=False, recovery=[])
    tx.emit(events.SecondFactorChanged(agent_id=agent_id, enabled=False))
