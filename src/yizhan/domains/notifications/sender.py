"""One push: read, sent with no transaction open, settled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from yizhan.domains.notifications import devices, keys, wording
from yizhan.domains.notifications.types import Device, Push
from yizhan.kernel import clock, egress, errors, jobs, webpush
from yizhan.kernel.tx import Tx

_LIVES = timedelta(hours=1)  # what nobody could be told by then waits in the list
_SECONDS = 10.0
_MOST_BYTES = 1024
_PADDED = 512
_PAUSE = 60.0
_LONGEST_PAUSE = 900.0
_TAKEN = range(200, 300)
_GONE = (404, 410)

_READ = """
SELECT n.kind, n.ticket_id, t.number AS ticket_number, t.subject AS ticket_subject, n.link,
       n.actor, n.text, n.at, a.locale,
       (SELECT count(*) FROM notification u WHERE u.workspace_id = n.workspace_id
        AND u.agent_id = n.agent_id AND u.read_at IS NULL) AS unread
FROM notification n
LEFT JOIN ticket t ON t.workspace_id = n.workspace_id AND t.id = n.ticket_id
JOIN agent a ON a.workspace_id = n.workspace_id AND a.id = n.agent_id AND a.active
WHERE n.workspace_id = $1 AND n.agent_id = $2 AND n.id = $3 AND n.read_at IS NULL
"""


class Outcome(msgspec.Struct, frozen=True):
    """What a push service said: taken, gone, not now (seconds), or why not."""

    taken: bool = False
    gone: bool = False
    again: float | None = None
    failure: str | None = None


async def wanted(tx: Tx, device: Device, notification_id: int) -> Push | None:
    """What is to be pushed; None when it was read, is old or was not asked for."""
    settings = await devices.settings(tx, device.agent_id)
    row = await tx.db.fetchrow(_READ, tx.workspace_id, device.agent_id, notification_id)
    if row is None or row["kind"] not in settings.kinds or tx.now - row["at"] > _LIVES:
        return None
    if settings.quiet is not None and devices.is_quiet(settings.quiet, tx.now):
        return None
    return Push(**row, preview=settings.preview)


def content_of(push: Push, device: Device, *, workspace_id: int) -> dict[str, Any]:
    """What the browser gets; its service worker checks that ``agent`` still sits before it."""
    of_ticket = push.ticket_id is not None
    return {
        "agent": f"{workspace_id}.{device.agent_id}",
        "tag": f"ticket-{push.ticket_id}" if of_ticket else f"notice-{push.kind}",
        "path": f"/inbox?view=all&ticket={push.ticket_id}" if of_ticket else push.link or "/inbox",
        "unread": push.unread,
        **wording.said(push),
    }


def _fitting(content: dict[str, Any]) -> bytes:
    """As JSON of one record; a long preview is cut."""
    encoded = msgspec.json.encode(content)
    while len(encoded) > webpush.MOST and (content["body"] or content["title"]):
        name = "body" if content["body"] else "title"
        content = content | {name: content[name][: len(content[name]) // 2]}
        encoded = msgspec.json.encode(content)
    return encoded


async def send(
    ctx: jobs.Context, device: Device, content: dict[str, Any], *, workspace_id: int, urgent: bool
) -> Outcome:
    """Hand a message to the device's push service."""
    async with ctx.begin(workspace_id) as tx:
        sender = await keys.sender(tx, ctx.vault, ctx.config)
    opened = ctx.vault.decrypt(device.subscription, workspace_id=workspace_id, place=device.place)
    to = msgspec.json.decode(opened, type=webpush.Subscription)
    headers = {
        "Authorization": sender.authorization(to.endpoint, now=clock.now()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(_LIVES.total_seconds())),
        "Urgency": "high" if urgent else "normal",
        # A later word about the same ticket takes the place of one that waits; the service
        # cannot tell which ticket.
        "Topic": ctx.vault.sign(content["tag"], workspace_id=workspace_id, purpose="push", size=32),
    }
    body = webpush.encrypt(_fitting(content), to, padded=_PADDED)
    try:
        async with egress.Client(ctx.config.egress_allow) as client:
            answer = await client.request(
                "POST",
                to.endpoint,
                headers=headers,
                content=body,
                seconds=_SECONDS,
                most_bytes=_MOST_BYTES,
                cut=True,
            )
    except egress.EgressFailed as error:
        return Outcome(again=_PAUSE, failure=error.code)
    except errors.YizhanError as error:
        return Outcome(failure=error.code)
    return _judged(answer)


def _judged(answer: egress.Answer) -> Outcome:
    if answer.status in _TAKEN:
        return Outcome(taken=True)
    if answer.status in _GONE:
        return Outcome(gone=True)
    said = str(answer.status)
    if answer.status == errors.TooMany.status or answer.status >= 500:
        after = answer.headers.get("retry-after", "")
        pause = float(after) if after.isdigit() else _PAUSE
        return Outcome(again=min(max(pause, 1.0), _LONGEST_PAUSE), failure=said)
    return Outcome(failure=said)


async def settle(tx: Tx, device: Device, outcome: Outcome) -> None:
    """Note what became of it; a browser that is gone for good is forgotten."""
    if outcome.gone:
        await devices.drop(tx, device, reason="gone")
        return
    pushed: datetime | None = tx.now if outcome.taken else None
    await tx.db.execute(
        "UPDATE push_device SET pushed_at = coalesce($3, pushed_at), failure = $4"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        device.id,
        pushed,
        outcome.failure,
    )
