"""Three web and three worker processes behind HAProxy, on PgBouncer, NATS and S3: `make scale`."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest

from tests.chaos.clients import Doors, Load
from tests.chaos.journal import Journal
from tests.chaos.mails import ADDRESS, Maildir, flood
from tests.cluster import desks, parts
from tests.cluster.desks import Machines, reached
from tests.extensions.channels.email import servers as mail_servers
from tests.support.served import ADMIN_EMAIL, ADMIN_PASSWORD, free_port, until
from yizhan.kernel import postgres

pytestmark = [pytest.mark.scale, pytest.mark.timeout(900)]

logger = logging.getLogger("yizhan.scale")

NEEDED = ("haproxy", "pgbouncer", "nats-server", "weed")


@dataclass
class Town:
    """Everything that stands."""

    machines: Machines
    url: str  # of the proxy
    dsn: str  # past the pooler
    nats: parts.Process
    bucket: parts.Bucket

    async def fetch(self, sql: str, *args: Any) -> list[Any]:
        connection = await asyncpg.connect(self.dsn)
        try:
            return list(await connection.fetch(sql, *args))
        finally:
            await connection.close()


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    if reason := parts.missing(*NEEDED):
        assert not os.environ.get("CI"), reason
        pytest.skip(reason)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(parts.place("scale"))
        cluster = postgres.ensure(folder / "postgres")
        stack.callback(cluster.stop)
        nats, nats_url = stack.enter_context(parts.nats(folder))
        bucket = stack.enter_context(parts.seaweed(folder))
        settings = {
            "YIZHAN_DATABASE_URL": stack.enter_context(parts.pgbouncer(folder, cluster.dsn)),
            "YIZHAN_DATABASE_DIRECT_URL": cluster.dsn,
            "YIZHAN_NATS_URL": nats_url,
            **bucket.settings,
        }
        machines = stack.enter_context(desks.desk(folder, settings, webs=3, workers=3))
        port = free_port()
        listen = {"DESK_LISTEN": f"127.0.0.1:{port}"}
        webs = {f"WEB{n + 1}": f"127.0.0.1:{p}" for n, p in enumerate(machines.ports)}
        config = parts.DEPLOY / "scale" / "haproxy.cfg"
        stack.enter_context(parts.haproxy(folder, config, {**listen, **webs}, port=port))
        url = f"http://127.0.0.1:{port}"
        until(lambda: httpx2.get(f"{url}/readyz").status_code == 200, what="the proxy finds them")
        yield Town(machines, url, cluster.dsn, nats, bucket)


def _ticket(api: httpx2.Client, subject: str) -> dict[str, Any]:
    body = {"subject": subject, "body": "?", "requester": {"email": "li@customer.example"}}
    answer = api.post("/api/v1/tickets", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_who_signs_in_at_one_is_known_to_the_others(town: Town) -> None:
    with httpx2.Client(base_url=town.machines.url(0), headers={"X-Yizhan": "1"}) as browser:
        credentials = {"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD}
        assert browser.post("/api/v1/auth/login", json=credentials).status_code in (200, 201)
        cookies = dict(browser.cookies)
    with httpx2.Client(headers={"X-Yizhan": "1"}, cookies=cookies) as browser:
        for number in (1, 2):
            seen = browser.get(f"{town.machines.url(number)}/api/v1/auth/me")
            assert seen.json()["agent"]["email"] == ADMIN_EMAIL
        assert browser.post(f"{town.machines.url(1)}/api/v1/auth/logout").is_success
        me = f"{town.machines.url(2)}/api/v1/auth/me"
        until(lambda: browser.get(me).status_code == 401, seconds=5, what="signed out everywhere")


def test_what_is_written_at_one_is_read_at_another(town: Town) -> None:
    with (
        town.machines.api(town.machines.url(0)) as one,
        town.machines.api(town.machines.url(2)) as two,
    ):
        made = _ticket(one, "Written at the first")
        assert two.get(f"/api/v1/tickets/{made['id']}").json()["subject"] == "Written at the first"


def test_a_file_uploaded_at_one_is_read_at_another(town: Town) -> None:
    content = os.urandom(300_000)
    with (
        town.machines.api(town.machines.url(0)) as one,
        town.machines.api(town.machines.url(2)) as two,
    ):
        made = one.post("/api/v1/files", files={"file": ("report.bin", content)})
        assert made.is_success, made.text
        assert two.get(f"/api/v1/files/{made.json()['id']}").content == content
    kept = [path for path in town.machines.folder.glob("w*/files/**/*") if path.is_file()]
    assert not kept, "no machine keeps files of its own"


@contextlib.contextmanager
def _stream(town: Town, number: int) -> Iterator[Callable[[str], float]]:
    """A live stream of one process. Gives a function: seconds until a text came by."""
    headers = {"Authorization": f"Bearer {town.machines.token}"}
    url = f"{town.machines.url(number)}/api/v1/stream"
    with httpx2.stream("GET", url, headers=headers, timeout=20) as answer:
        lines = answer.iter_lines()
        next(line for line in lines if line.startswith("event: hello"))

        def heard(text: str) -> float:
            began = time.monotonic()
            next(line for line in lines if text in line)
            return time.monotonic() - began

        yield heard


def test_events_reach_streams_of_other_processes_also_without_nats(town: Town) -> None:
    def fanout(number: int) -> str:
        state: str = httpx2.get(f"{town.machines.url(number)}/readyz").json()["checks"]["fanout"]
        return state

    with town.machines.api(town.machines.url(0)) as api, _stream(town, 1) as heard:
        assert fanout(1) == "ok"
        _ticket(api, "By NATS")
        by_nats = heard("By NATS")
        town.nats.stop()
        until(lambda: fanout(1) != "ok", what="the loss of NATS is said")
        assert town.machines.ready(1), "and is no reason to be sent no requests"
        _ticket(api, "By sweeping")
        by_sweep = heard("By sweeping")
        port = int(town.nats.command[-1])
        town.nats.start(lambda: parts.answers(port))
        until(lambda: fanout(0) == fanout(1) == "ok", what="NATS is used again")
        _ticket(api, "By NATS again")
        heard("By NATS again")
    logger.info("an event by NATS after %.2f s, by sweeping after %.2f s", by_nats, by_sweep)


async def test_timers_and_jobs_happen_once_with_three_workers(town: Town) -> None:
    many = 60
    with town.machines.api(town.url) as api:
        ids = [_ticket(api, f"Wake {number}")["id"] for number in range(many)]
        for ticket_id in ids:
            due = (datetime.now(UTC) + timedelta(seconds=3)).isoformat()
            answer = api.patch(f"/api/v1/tickets/{ticket_id}", json={"snoozed_until": due})
            assert answer.is_success, answer.text
    counted = (
        "SELECT ticket_id, count(*) FROM event WHERE ticket_id = ANY ($1)"
        " AND actor->>'kind' = 'system' AND data->'changes' ? 'snoozed_until' GROUP BY 1"
    )

    async def all_awake() -> bool:
        return len(await town.fetch(counted, [int(one) for one in ids])) >= many

    await reached(all_awake, seconds=60)
    rows = await town.fetch(counted, [int(one) for one in ids])
    assert {row["count"] for row in rows} == {1}, "each woke once"


@pytest.fixture
def mail() -> Iterator[mail_servers.MailServers]:
    if reason := mail_servers.missing():
        pytest.skip(reason)
    with mail_servers.MailServers.start() as running:
        yield running


_CAME = re.compile(rf"Login: user=<{re.escape(ADDRESS)}>.* session=<([^>]+)>")
_LEFT = re.compile(
    rf"imap\({re.escape(ADDRESS)}\)<\d+><([^>]+)>: Info: (?:Disconnected|Logged out)"
)


def _visits(log: str) -> Iterator[int]:
    """How many are in the mailbox at once, as its server wrote down."""
    inside: set[str] = set()
    for line in log.splitlines():
        if came := _CAME.search(line):
            inside.add(came[1])
            yield len(inside)
        elif left := _LEFT.search(line):
            inside.discard(left[1])


def test_two_in_a_mailbox_would_be_seen() -> None:
    came = f"imap-login: Info: Login: user=<{ADDRESS}>, mpid=1, secured, session=<%s>"
    left = f"imap({ADDRESS})<1><%s>: Info: Disconnected: Logged out in=32"
    assert list(_visits("\n".join((came % "a", left % "a", came % "b")))) == [1, 1]
    assert max(_visits("\n".join((came % "a", came % "b", left % "a")))) == 2


async def _holder(town: Town) -> int:
    """The process that fetches the mailbox now, by the number in its lease."""
    rows = await town.fetch("SELECT poller FROM inbox WHERE channel = 'email'")
    holder = rows[0]["poller"] if rows else None
    return int(holder.split(":")[1]) if holder else 0


async def test_one_worker_fetches_a_mailbox_and_each_mail_arrives_once(
    town: Town, mail: mail_servers.MailServers
) -> None:
    letters = [one for one in flood(120, seed=5) if one.kind == "question"]
    box = Maildir(mail.root / "mail" / ADDRESS / "Maildir")
    with town.machines.api(town.url) as api:
        brands = api.get("/api/v1/brands").json()
        brand = (brands["items"] if isinstance(brands, dict) else brands)[0]["id"]
        settings = mail.settings(ADDRESS)
        made = {"name": "Mail", "channel": "email", "brand_id": brand, "settings": settings}
        answer = api.post("/api/v1/inboxes", json=made)
        assert answer.is_success, answer.text
    box.fill(letters[: len(letters) // 2])
    await _arrived(town, len(letters) // 2)
    holder = await _holder(town)
    assert holder in {process.pid for process in town.machines.workers}
    os.kill(holder, signal.SIGKILL)
    box.fill(letters[len(letters) // 2 :])
    await _arrived(town, len(letters))
    assert await _holder(town) not in (0, holder), "another one took over"
    visits = list(_visits((mail.root / "dovecot" / "log").read_text()))
    assert len(visits) > 1
    assert max(visits) == 1, "two were in the mailbox at once"
    rows = await town.fetch("SELECT external_id FROM message WHERE channel = 'email'")
    counted = Counter(row["external_id"].strip("<>") for row in rows)
    assert counted == Counter(one.message_id for one in letters)


async def _arrived(town: Town, count: int) -> None:
    async def there() -> bool:
        rows = await town.fetch("SELECT count(*) FROM message WHERE channel = 'email'")
        return bool(rows[0][0] >= count)

    await reached(there, seconds=120)


@pytest.fixture
async def load(town: Town, tmp_path: Path) -> AsyncIterator[Load]:
    with Journal(tmp_path / "journal") as journal:
        yield Load(Doors(town.url, town.machines.token), journal, seed=3, clients=6, pause=0.02)


async def _acknowledged(load: Load, count: int) -> None:
    async def so_many() -> bool:
        return sum(work.acknowledged for work in load.journal.works()) >= count

    await reached(so_many, seconds=120)


async def test_a_killed_web_process_costs_nothing_that_was_acknowledged(
    town: Town, load: Load
) -> None:
    load.start()
    await _acknowledged(load, 60)
    victim = town.machines.webs[1]
    victim.signal_all(signal.SIGKILL)
    await _acknowledged(load, 200)
    victim.start()
    await load.stop()
    works = [work for work in load.journal.works() if work.kind in ("ticket", "reply")]
    rows = await town.fetch(
        "SELECT subject AS said FROM ticket UNION ALL SELECT body_text FROM message"
    )
    text = [row["said"] for row in rows]
    found = {work.key: sum(work.key in said for said in text) for work in works}
    lost = [work.key for work in works if work.acknowledged and found[work.key] < 1]
    twice = [key for key, times in found.items() if times > 1]
    assert (lost, twice) == ([], [])
    logger.info("%d acknowledged, answers by status %s", len(works), dict(load.answers))
