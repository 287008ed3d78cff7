"""Signed links of surveys: the workspace and the number of the invitation, with a keyed signature. Pure."""

from __future__ import annotations

import re

from yizhan.domains.channels import tokens
from yizhan.kernel.crypto import Vault

_PURPOSE = "survey"
_SIZE = 26  # 130 bits
_TOKEN = re.compile(r"([0-9a-z]{1,13})-([0-9a-z]{1,13})-([a-z2-7]{26})")


def make(vault: Vault, workspace_id: int, *, invitation_id: int) -> str:
    """What stands in the link."""
    mac = vault.sign(str(invitation_id), workspace_id=workspace_id, purpose=_PURPOSE, size=_SIZE)
    return f"{tokens.base36(workspace_id)}-{tokens.base36(invitation_id)}-{mac}"


def url(vault: Vault, base: str, *, workspace_id: int, invitation_id: int) -> str:
    """The whole address."""
    return f"{base}/rate/{make(vault, workspace_id, invitation_id=invitation_id)}"


def read(vault: Vault, token: str) -> tuple[int, int] | None:
    """The workspace and the number in a token that we made; None for any other."""
    found = _TOKEN.fullmatch(token.strip().lower())
    if found is None:
        return None
    workspace_id, number = int(found[1], 36), int(found[2], 36)
    if max(workspace_id, number) >= 1 << 63:
        return None
    good = vault.signed(
        str(number), found[3], workspace_id=workspace_id, purpose=_PURPOSE, size=_SIZE
    )
    return (workspace_id, number) if good else None
