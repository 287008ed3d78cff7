"""One question to one source: asked by one, kept for all, never with a transaction open."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec
import structlog

from yizhan.domains.panel import contract, registry, repository
from yizhan.domains.panel.contract import Content, LookupFailed, Question
from yizhan.domains.panel.types import Kept, PanelSource
from yizhan.kernel import clock, egress, errors, signing
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database

PATIENCE = 5  # failures in a row
REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=10)
_LEASE_BEYOND = timedelta(seconds=5)
_LOOK_SECONDS = 0.1

logger = structlog.get_logger(__name__)


class Means(Protocol):
    """What a process has."""

    @property
    def database(self) -> Database: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def config(self) -> Config: ...


class Wanted(msgspec.Struct, frozen=True):
    """A question on its way to a source."""

    workspace_id: int
    source: PanelSource
    question: Question

    @property
    def subject(self) -> str:
        """For whom the answer is kept."""
        ticket, customer = self.question.ticket, self.question.customer
        return f"ticket:{ticket.id}" if ticket else f"customer:{customer.id}"

    @property
    def asked(self) -> str:
        """What is asked and how, in short: of another question nothing is known yet."""
        said = msgspec.json.encode((self.source.version, self.question), order="deterministic")
        return hashlib.sha256(said).hexdigest()[:32]


def place(source_id: int, what: str) -> str:
    """Where a source's secret belongs; elsewhere it does not open."""
    return f"panel_source.{what}.{source_id}"


def open_settings(vault: Vault, source: PanelSource, *, workspace_id: int) -> Any:
    """The settings with their secrets: for a source's eyes only.

    Errors: UnknownSourceKind, SourceSettingsInvalid, CannotDecrypt.
    """
    kind = registry.get(source.kind)
    known = {field.encode_name for field in msgspec.structs.fields(kind.settings)}
    values = source.settings | secrets_of(vault, source, workspace_id=workspace_id)
    return kind.convert({name: value for name, value in values.items() if name in known})


def secrets_of(vault: Vault, source: PanelSource, *, workspace_id: int) -> dict[str, Any]:
    """The secret settings. Errors: CannotDecrypt."""
    if source.secrets is None:
        return {}
    raw = vault.decrypt(
        source.secrets, workspace_id=workspace_id, place=place(source.id, "secrets")
    )
    found: dict[str, Any] = msgspec.json.decode(raw)
    return found


class SourceHost:
    """The :class:`~yizhan.domains.panel.contract.Host` of one question."""

    def __init__(self, means: Means, source: PanelSource, *, workspace_id: int) -> None:
        self.source_id = source.id
        self.public_url = means.config.url
        self.now = clock.now()
        self.answer: egress.Answer | None = None
        sealed = [source.key]
        if source.former_key and source.former_until and self.now < source.former_until:
            sealed.append(source.former_key)
        self._keys = [
            means.vault.decrypt(one, workspace_id=workspace_id, place=place(source.id, "key"))
            for one in sealed
        ]
        self._allow = means.config.egress_allow
        self._ends = time.monotonic() + source.timeout_ms / 1000

    @property
    def key(self) -> bytes:
        return self._keys[0]

    def signed(self, body: str) -> dict[str, str]:
        """While a key is being replaced, both sign."""
        number = hashlib.sha256(f"{self.source_id}{time.time_ns()}{body}".encode()).hexdigest()[:24]
        return signing.headers(self._keys, message_id=f"look_{number}", moment=self.now, body=body)

    async def request(
        self, method: str, url: str, *, headers: Mapping[str, str], content: bytes
    ) -> egress.Answer:
        try:
            async with egress.Client(self._allow) as client:
                answer = await client.request(
                    method,
                    url,
                    headers=headers,
                    content=content,
                    seconds=max(0.05, self._ends - time.monotonic()),
                    most_bytes=contract.MOST_BYTES,
                )
        except egress.EgressRefused as error:
            raise LookupFailed("refused", error.detail) from error
        except egress.AnswerTooLarge as error:
            raise LookupFailed("too_large", f"more than {contract.MOST_BYTES} bytes") from error
        except egress.EgressFailed as error:
            late = isinstance(error.__cause__, TimeoutError)
            raise LookupFailed("timeout" if late else "unreachable", error.detail) from error
        self.answer = answer
        if 300 <= answer.status < 400:  # whoever is asked must answer there
            raise LookupFailed("redirected", answer.headers.get("location", ""))
        return answer


async def ask(wanted: Wanted, *, host: SourceHost, settings: Any) -> Content:
    """Ask now, keep nothing. Errors: LookupFailed, whatever goes wrong."""
    source = wanted.source
    kind = registry.get(source.kind)
    try:
        async with asyncio.timeout(source.timeout_ms / 1000):
            return await kind.source.fetch(settings, wanted.question, host)
    except TimeoutError as error:
        raise LookupFailed("timeout", f"{source.timeout_ms} ms") from error
    except LookupFailed:
        raise
    except Exception as error:  # a source's fault must not become ours
        logger.exception("panel_source_broken", source=source.id, kind=source.kind)
        raise LookupFailed("broken", f"{type(error).__name__}: {error}") from error


async def ask_as_stored(means: Means, wanted: Wanted) -> Content:
    """With the settings that are stored. Errors: LookupFailed."""
    try:
        host = SourceHost(means, wanted.source, workspace_id=wanted.workspace_id)
        settings = open_settings(means.vault, wanted.source, workspace_id=wanted.workspace_id)
    except errors.YizhanError as error:
        raise LookupFailed("broken", error.detail) from error
    return await ask(wanted, host=host, settings=settings)


# ----------------------------------------------------------------------------- one asks for all

_running: dict[tuple[int, int, str, str], asyncio.Task[Kept | None]] = {}


def begin(means: Means, wanted: Wanted, *, resting: bool) -> asyncio.Task[Kept | None]:
    """Ask in the background; who asks the same meanwhile gets the same task."""
    key = (wanted.workspace_id, wanted.source.id, wanted.subject, wanted.asked)
    known = _running.get(key)
    if known is not None:
        return known
    task = asyncio.create_task(_ask_and_keep(means, wanted, resting=resting))
    _running[key] = task

    def over(done: asyncio.Task[Kept | None]) -> None:
        _running.pop(key, None)
        if not done.cancelled() and (error := done.exception()) is not None:
            logger.error("panel_not_kept", source=wanted.source.id, exc_info=error)

    task.add_done_callback(over)
    return task


async def settle() -> None:
    """Wait until nothing is asked any more: before a process ends, and in tests."""
    while _running:
        await asyncio.gather(*_running.values(), return_exceptions=True)


async def _ask_and_keep(means: Means, wanted: Wanted, *, resting: bool) -> Kept | None:
    source = wanted.source
    now = clock.now()
    until = now + timedelta(milliseconds=source.timeout_ms) + _LEASE_BEYOND
    async with means.database.begin(system(wanted.workspace_id, name="panel")) as tx:
        if resting and not await repository.probe(tx, source.id, now=now):
            return None
        mine = await repository.claim(
            tx, source.id, subject=wanted.subject, asked=wanted.asked, now=now, until=until
        )
    if not mine:
        return await _await_other(means, wanted, until=until)
    content: Content | None = None
    failed: LookupFailed | None = None
    try:
        content = await ask_as_stored(means, wanted)
    except LookupFailed as error:
        failed = error
    return await _settle(means, wanted, content=content, failed=failed)


async def _settle(
    means: Means, wanted: Wanted, *, content: Content | None, failed: LookupFailed | None
) -> Kept:
    source, now = wanted.source, clock.now()
    async with means.database.begin(system(wanted.workspace_id, name="panel")) as tx:
        await repository.keep(
            tx,
            source.id,
            subject=wanted.subject,
            asked=wanted.asked,
            content=content,
            error=failed.code if failed else None,
            now=now,
        )
        if failed is None:
            await repository.well(tx, source.id, now=now)
        elif failed.code != contract.NOTHING_TO_ASK:
            await repository.ill(
                tx,
                source.id,
                now=now,
                error=failed.code,
                detail=failed.detail,
                patience=PATIENCE,
                rest=REST,
                longest=LONGEST_REST,
            )
        before = now - timedelta(seconds=max(source.kept_seconds, source.fresh_seconds))
        await repository.forget(tx, source.id, before=before)
        found = await repository.kept(tx, {source.id: wanted.subject})
    return found.get(source.id) or _lost(failed, now)


def _lost(failed: LookupFailed | None, now: datetime) -> Kept:
    """The source was changed or removed while it was asked: its answer is nobody's."""
    return Kept(
        asked="",
        content=None,
        fetched_at=None,
        error=failed.code if failed else "broken",
        tried_at=now,
        asking_until=None,
    )


async def _await_other(means: Means, wanted: Wanted, *, until: datetime) -> Kept | None:
    """Another process asks the same: look until it has an answer."""
    while clock.now() < until:
        await asyncio.sleep(_LOOK_SECONDS)
        async with means.database.begin(system(wanted.workspace_id, name="panel")) as tx:
            found = await repository.kept(tx, {wanted.source.id: wanted.subject})
        one = found.get(wanted.source.id)
        if one is None or one.asked != wanted.asked:
            return None
        if one.asking_until is None or one.asking_until <= clock.now():
            return one
    return None
