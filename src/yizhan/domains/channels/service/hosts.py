"""What the host lends to a connector: who it works for, and OAuth tokens renewed by one."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.parse import urlencode

import msgspec

from yizhan.domains.channels import errors, repository
from yizhan.domains.channels.service.means import Means, Ready, open_inbox, place, secrets_of
from yizhan.kernel import egress
from yizhan.kernel.actor import system

_EARLY_SECONDS = 300  # renew before it ends
_tokens: dict[tuple[int, int, int, str], tuple[str, float]] = {}
_locks: dict[tuple[int, int], asyncio.Lock] = {}


class _Granted(msgspec.Struct):
    """The answer of a token endpoint (RFC 6749 5.1)."""

    access_token: str
    expires_in: float = 3600
    refresh_token: str | None = None


class InboxHost:
    """The :class:`~yizhan.domains.channels.contract.Host` of one inbox."""

    def __init__(self, means: Means, ready: Ready) -> None:
        self.workspace_id = ready.workspace_id
        self.inbox_id = ready.inbox.id
        self.public_url = means.config.url
        self._means = means
        self._ready = ready

    async def token(self, name: str) -> str:
        """An access token by the settings ``NAME_token_url``, ``_client_id``, ``_refresh_token`` …

        Kept in this process until shortly before it ends; of several callers one renews.
        """
        key = (self.workspace_id, self.inbox_id, self._ready.inbox.version, name)
        async with _locks.setdefault(key[:2], asyncio.Lock()):
            held = _tokens.get(key)
            if held is not None and held[1] > time.monotonic():
                return held[0]
            granted = await self._renew(name)
            good_for = max(granted.expires_in - _EARLY_SECONDS, granted.expires_in / 2)
            _tokens[key] = (granted.access_token, time.monotonic() + good_for)
            return granted.access_token

    def _setting(self, name: str) -> str:
        return str(getattr(self._ready.settings, name, "") or "")

    async def _renew(self, name: str) -> _Granted:
        form = {
            "grant_type": "refresh_token",
            "client_id": self._setting(f"{name}_client_id"),
            "client_secret": self._setting(f"{name}_client_secret"),
            "refresh_token": await self._refresh_token(name),
            "scope": self._setting(f"{name}_scope"),
        }
        async with egress.Client(self._means.config.egress_allow) as client:
            answer = await client.request(
                "POST",
                self._setting(f"{name}_token_url"),
                headers={"content-type": "application/x-www-form-urlencoded"},
                content=urlencode({k: v for k, v in form.items() if v}).encode(),
            )
        if answer.status != 200:
            raise errors.SettingsInvalid(f"The token endpoint answered {answer.status}.")
        granted = msgspec.json.decode(answer.body, type=_Granted)
        if granted.refresh_token:
            await self._keep(name, granted.refresh_token)
        return granted

    async def _refresh_token(self, name: str) -> str:
        """The newest one: another process may have been given a new one meanwhile."""
        async with self._means.database.begin(system(self.workspace_id)) as tx:
            inbox = await repository.inbox(tx, self.inbox_id)
        if inbox is None:
            raise errors.InboxNotFound
        fresh = open_inbox(self._means.vault, inbox, workspace_id=self.workspace_id)
        return str(getattr(fresh.settings, f"{name}_refresh_token", ""))

    async def _keep(self, name: str, refresh_token: str) -> None:
        """Some servers give a new refresh token each time and forget the old one."""
        vault = self._means.vault
        async with self._means.database.begin(system(self.workspace_id)) as tx:
            inbox = await repository.inbox(tx, self.inbox_id, lock=True)
            if inbox is None:
                return
            values: dict[str, Any] = secrets_of(vault, inbox, workspace_id=self.workspace_id)
            values[f"{name}_refresh_token"] = refresh_token
            sealed = vault.encrypt(
                msgspec.json.encode(values),
                workspace_id=self.workspace_id,
                place=place(self.inbox_id),
            )
            await repository.set_secrets(tx, self.inbox_id, secrets=sealed)
