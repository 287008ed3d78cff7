"""Browsers that an agent has allowed to be woken, and what for."""

from __future__ import annotations

import ipaddress
import zoneinfo
from collections.abc import Sequence
from datetime import datetime, time

import msgspec

from yizhan.domains.identity import errors as identity_errors
from yizhan.domains.identity.service import oneself
from yizhan.domains.notifications import errors, events, schemas
from yizhan.domains.notifications.types import KINDS, Device, PushSettings, Quiet, place_of
from yizhan.kernel import crypto, egress, webpush
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

PUSH_JOB = "notifications.push"
TEST_JOB = "notifications.push_test"
_MOST_DEVICES = 20
_LONGEST_AGENT_NAME = 300

# A session that ran out is not always deleted at once; its devices are silent from that moment on.
_ALIVE = """
SELECT d.id, d.agent_id, d.session_id, d.subscription, d.service, d.user_agent, d.created_at,
       d.pushed_at, d.failure
FROM push_device d JOIN session s
  ON s.workspace_id = d.workspace_id AND s.id = d.session_id AND s.expires_at > now()
WHERE d.workspace_id = $1
"""


async def listed(tx: Tx) -> list[Device]:
    """One's own devices, the newest first."""
    sql = f"{_ALIVE} AND d.agent_id = $2 ORDER BY d.id DESC"
    return await tx.db.fetch_as(Device, sql, tx.workspace_id, oneself.agent_id(tx))


async def alive(tx: Tx, device_id: int) -> Device | None:
    """A device whose session goes on."""
    return await tx.db.fetchrow_as(
        Device, f"{_ALIVE} AND d.id = $2", tx.workspace_id, int(device_id)
    )


async def add(
    tx: Tx, given: schemas.PushSubscription, *, vault: Vault, allow: Sequence[str], user_agent: str
) -> Device:
    """Wake this browser from now on. The same browser again is the same device with fresh keys.

    Errors: BrowserOnly, BadSubscription, PushAddressRefused, EgressRefused.
    """
    agent_id, session_id = oneself.agent_id(tx), tx.actor.session_id
    if session_id is None:
        raise identity_errors.BrowserOnly
    to = webpush.Subscription(given.endpoint, given.keys.p256dh, given.keys.auth)
    to.receiver()
    service = _checked(given.endpoint, allow)
    hashed = crypto.digest(given.endpoint)
    await tx.db.fetchval("SELECT yizhan_push_release($1)", hashed)
    device = Device(
        id=(device_id := tx.new_id()),
        agent_id=agent_id,
        session_id=session_id,
        subscription=vault.encrypt(
            msgspec.json.encode(to), workspace_id=tx.workspace_id, place=place_of(device_id)
        ),
        service=service,
        user_agent=user_agent[:_LONGEST_AGENT_NAME],
        created_at=tx.now,
        pushed_at=None,
        failure=None,
    )
    await tx.db.execute(
        "INSERT INTO push_device (workspace_id, id, agent_id, session_id, endpoint_hash, subscription,"
        " service, user_agent, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tx.workspace_id,
        device.id,
        agent_id,
        session_id,
        hashed,
        device.subscription,
        service,
        device.user_agent,
        tx.now,
    )
    await _trim(tx, agent_id)
    tx.emit(events.PushDeviceAdded(agent_id=agent_id, device_id=device.id, service=service))
    return device


def _checked(endpoint: str, allow: Sequence[str]) -> str:
    """The host of an address that may be stored and called: public, and nobody listens on the way."""
    guard = egress.Guard(allow)
    url = guard.parse(endpoint)
    if url.scheme != "https" and not _is_own(guard, url.host):
        raise errors.PushAddressRefused
    return url.host


def _is_own(guard: egress.Guard, host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in guard.allow)


async def _trim(tx: Tx, agent_id: int) -> None:
    """The newest devices of living sessions stay."""
    await tx.db.execute(
        "DELETE FROM push_device WHERE workspace_id = $1 AND agent_id = $2 AND id NOT IN"
        " (SELECT d.id FROM push_device d JOIN session s ON s.workspace_id = d.workspace_id"
        "  AND s.id = d.session_id AND s.expires_at > now()"
        "  WHERE d.workspace_id = $1 AND d.agent_id = $2 ORDER BY d.id DESC LIMIT $3)",
        tx.workspace_id,
        agent_id,
        _MOST_DEVICES,
    )


async def _own(tx: Tx, device_id: int) -> Device:
    device = await alive(tx, device_id)
    if device is None or device.agent_id != oneself.agent_id(tx):
        raise errors.PushDeviceNotFound
    return device


async def remove(tx: Tx, device_id: int) -> None:
    """Stop waking one of one's own browsers. Errors: PushDeviceNotFound."""
    await drop(tx, await _own(tx, device_id), reason="removed")


async def drop(tx: Tx, device: Device, *, reason: str) -> None:
    """Forget a device."""
    await tx.db.execute(
        "DELETE FROM push_device WHERE workspace_id = $1 AND id = $2", tx.workspace_id, device.id
    )
    tx.emit(events.PushDeviceRemoved(agent_id=device.agent_id, device_id=device.id, reason=reason))


async def end_session(tx: Tx, session_id: int) -> None:
    """Forget the devices of a session that ended."""
    rows = await tx.db.fetch(
        "DELETE FROM push_device WHERE workspace_id = $1 AND session_id = $2"
        " RETURNING id, agent_id",
        tx.workspace_id,
        session_id,
    )
    for row in rows:
        tx.emit(
            events.PushDeviceRemoved(
                agent_id=row["agent_id"], device_id=row["id"], reason="session_ended"
            )
        )


async def test(tx: Tx, device_id: int) -> None:
    """Send a test to one of one's own browsers. Errors: PushDeviceNotFound."""
    device = await _own(tx, device_id)
    tx.defer(TEST_JOB, device_id=device.id)


async def wake(tx: Tx, told: Sequence[tuple[int, int]]) -> None:
    """Queue pushes of notifications, given as agent and notification, to whoever has a device."""
    rows = await tx.db.fetch(
        "SELECT d.agent_id, d.id FROM push_device d JOIN session s"
        " ON s.workspace_id = d.workspace_id AND s.id = d.session_id AND s.expires_at > now()"
        " WHERE d.workspace_id = $1 AND d.agent_id = ANY($2::bigint[])",
        tx.workspace_id,
        sorted({agent for agent, _ in told}),
    )
    for agent, notification in told:
        for row in rows:
            if row["agent_id"] == agent:
                tx.defer(PUSH_JOB, device_id=row["id"], notification_id=notification)


async def settings(tx: Tx, agent_id: int) -> PushSettings:
    """What an agent wants; at first everything that concerns them, and no words of customers."""
    row = await tx.db.fetchrow(
        "SELECT kinds, preview, quiet FROM push_setting WHERE workspace_id = $1 AND agent_id = $2",
        tx.workspace_id,
        agent_id,
    )
    if row is None:
        return PushSettings(kinds=list(KINDS), preview=False, quiet=None)
    return msgspec.convert(dict(row), PushSettings)


async def change(tx: Tx, wanted: schemas.PushChange) -> None:
    """Change what one wants to be woken for. Errors: BrowserOnly, QuietHoursInvalid."""
    agent_id = oneself.agent_id(tx)
    old = await settings(tx, agent_id)
    given = {
        name: value
        for name, value in msgspec.structs.asdict(wanted).items()
        if value is not msgspec.UNSET
    }
    new = msgspec.structs.replace(old, **given)
    if new.quiet is not None:
        is_quiet(new.quiet, tx.now)
    await tx.db.execute(
        "INSERT INTO push_setting (workspace_id, agent_id, kinds, preview, quiet)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace_id, agent_id)"
        " DO UPDATE SET kinds = $3, preview = $4, quiet = $5",
        tx.workspace_id,
        agent_id,
        [kind for kind in KINDS if kind in new.kinds],
        new.preview,
        None if new.quiet is None else msgspec.to_builtins(new.quiet),
    )


def is_quiet(quiet: Quiet, now: datetime) -> bool:
    """Whether a moment lies within the quiet hours. Errors: QuietHoursInvalid."""
    try:
        local = now.astimezone(zoneinfo.ZoneInfo(quiet.time_zone)).time()
        start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise errors.QuietHoursInvalid from error
    if start <= end:
        return start <= local < end
    return local >= start or local < end
