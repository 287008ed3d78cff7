"""Scenario: mails and events that are made to break whoever reads them, among good ones."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gzip
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2

from tests.chaos import town
from tests.chaos.mails import ADDRESS
from tests.chaos.stage import Stage, scenario
from tests.chaos.town import Town
from tests.extensions.channels.email import servers as mail_servers

_HEAD = (
    b"From: Mallory <m@customer.example>\r\nTo: " + ADDRESS.encode() + b"\r\nMIME-Version: 1.0\r\n"
)
_ENDED = """
SELECT state, coalesce(reason, '') AS reason, count(*) AS times FROM envelope
WHERE inbox_id IN (SELECT id FROM inbox WHERE channel = ANY ($1)) GROUP BY 1, 2
"""


@contextlib.asynccontextmanager
async def with_mail(folder: Path) -> AsyncIterator[Town]:
    """A desk with a real mailbox."""
    with mail_servers.MailServers.start() as mail:
        async with town.opened(folder, mail=mail) as opened:
            yield opened


def _mails() -> dict[str, bytes]:
    """Each is poison in its own way."""
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(10_000)
    )
    bomb = base64.encodebytes(gzip.compress(b"\0" * 200_000_000, compresslevel=9))
    return {
        "ten thousand parts within parts": _HEAD + b"Message-ID: <p1@x>\r\n" + nested,
        "bomb": _HEAD
        + b"Message-ID: <p2@x>\r\nContent-Type: application/gzip; name=a.gz\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + bomb,
        "no such charset": _HEAD
        + b"Message-ID: <p3@x>\r\nContent-Type: text/plain; charset=x-nobody-knows\r\n\r\n\xff\xfe\x80",
        "NUL": _HEAD + b"Message-ID: <p4@x>\r\nSubject: a\0b\r\n\r\nbo\0dy \0",
        "huge": _HEAD + b"Message-ID: <p5@x>\r\n\r\n" + b"A line of much text.\r\n" * 1_200_000,
        "no header ends": _HEAD + b"X: y\r\n " * 200_000,
        "no header at all": b"\xff" * 5_000,
        "one header of a megabyte": _HEAD + b"Subject: " + b"a" * 1_000_000 + b"\r\n\r\nx",
    }


def _events() -> list[bytes]:
    return [
        json.dumps({"events": [event]}).encode()
        for event in (
            {"type": "hang", "id": "h1", "from": "u", "text": "x"},
            {"type": "bomb", "id": "h2", "from": "u", "text": "x"},
            {"type": "message", "id": "h3\0", "from": "u\0", "text": "\0"},
            {"type": "message", "id": "h4", "from": "u9", "text": "x" * 3_000_000},
            {"type": "message", "id": "h5", "from": ["u"], "text": {"a": 1}},
        )
    ] + [b'{"events":' + b"[" * 50_000, b"\xff\xfe", b"{}"]


@scenario("poison", within=60, opened=with_mail, quiet=400, needs=mail_servers.missing)
async def poison(stage: Stage) -> None:
    """Good work goes on beside it; each piece of poison ends somewhere with a reason."""
    await stage.work(20)
    box = stage.town.doors.mailbox
    assert box is not None
    mails = _mails()
    for raw in mails.values():
        await asyncio.to_thread(box.add, raw)
    await _post(stage)
    await stage.work(60, seconds=120)
    await stage.load.stop()
    ended = await _ended(stage)
    stage.notes["ended"] = {
        f"{row['state']} {row['reason']}".strip(): row["times"] for row in ended
    }
    unexplained = [row for row in ended if row["state"] == "quarantine" and not row["reason"]]
    stage.expect("what is held has a reason", holds=not unexplained)


async def _post(stage: Stage) -> None:
    """As the vendor, signed."""
    doors = stage.town.doors
    async with httpx2.AsyncClient(base_url=doors.url, timeout=75) as vendor:
        for body in _events():
            signature = hmac.new(doors.secret.encode(), body, hashlib.sha256).hexdigest()
            answer = await vendor.post(
                f"/in/{doors.webhook}", content=body, headers={"x-fake-signature": signature}
            )
            stage.expect(
                f"poison is answered, not with {answer.status_code}", holds=answer.status_code < 500
            )


async def _ended(stage: Stage) -> list[dict[str, object]]:
    """Waits until every envelope was looked into, for minutes on a busy machine."""
    rows: list[Any] = []
    for _ in range(1200):
        async with stage.town.connected() as db:
            rows = await db.fetch(_ENDED, ["email", "fake"])
        if not any(row["state"] == "received" for row in rows):
            break
        await asyncio.sleep(0.2)
    return [dict(row) for row in rows if row["state"] != "message"]
