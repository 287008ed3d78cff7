"""Clients that keep a journal: the same work for the same seed, sent again with the same key.

A client that hears nothing asks again; some give up for good, as people do, so that work without an
answer exists too.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx2

from tests.chaos.journal import Journal
from tests.chaos.mails import ADDRESS, Mail, Maildir
from tests.extensions.channels.email.servers import today

PATIENCE = (
    75.0  # seconds for one answer; a statement gets 60, and longer means that something hangs
)
GIVES_UP = 0.1
_AGAIN = {
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INSUFFICIENT_STORAGE,
}
_STATUSES = ("pending", "on_hold")
Call = Callable[[], Awaitable[httpx2.Response]]


@dataclass(frozen=True)
class Doors:
    """Where clients knock."""

    url: str
    token: str
    webhook: str = ""  # key of the webhook channel's inbox
    secret: str = ""
    chat: str = ""
    mailbox: Maildir | None = None
    transport: httpx2.AsyncBaseTransport | None = None  # to a desk within this process

    @property
    def kinds(self) -> tuple[str, ...]:
        """What can be done here, the frequent more often."""
        found = ["ticket", "ticket", "reply", "reply", "reply", "status"]
        found += ["webhook"] * 3 if self.webhook else []
        found += ["chat"] * 2 if self.chat else []
        return (*found, *(["mail"] * 3 if self.mailbox else []))


@dataclass
class Load:
    """Several clients at once, until told to stop."""

    doors: Doors
    journal: Journal
    seed: int
    clients: int = 4
    pause: float = 0.05
    gives_up: float = GIVES_UP
    answers: Counter[int] = field(default_factory=Counter)  # by status; 0: none
    wrong: list[str] = field(default_factory=list)  # answers that no fault excuses
    slowest: float = 0.0
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(Client(self, number).run()) for number in range(self.clients)
        ]

    async def stop(self, *, seconds: float = 90) -> None:
        """No new work; what has no answer yet is asked again until it has."""
        self._stop.set()
        if self._tasks:
            ended, waiting = await asyncio.wait(self._tasks, timeout=seconds)
            for task in ended:
                task.result()  # a client that broke is not a client that ended
            if waiting:
                self.wrong.append(f"{len(waiting)} clients had no answer after {seconds:g} s more")

    async def drop(self) -> None:
        """Clients that still work are gone."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def heard(self, status: int, seconds: float, *, asked: str) -> None:
        self.answers[status] += 1
        self.slowest = max(self.slowest, seconds)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in _AGAIN:
            self.wrong.append(f"{status} for {asked}")


class Client:
    """One of them, one request at a time."""

    def __init__(self, load: Load, number: int) -> None:
        self.load = load
        self.doors = load.doors
        self.journal = load.journal
        self.rng = random.Random(f"{load.seed}/{number}")
        self.number = number
        self.count = 0
        self.tickets: list[str] = []  # the first is for changes of status alone
        self.turns = 0
        self.visitor = ""
        self.late: list[bytes] = []
        self.api = httpx2.AsyncClient(
            base_url=load.doors.url,
            headers={"Authorization": f"Bearer {load.doors.token}"},
            timeout=PATIENCE,
            transport=load.doors.transport,
        )

    async def run(self) -> None:
        try:
            while not self.load.stopped:
                await self.step(self.rng.choice(self.doors.kinds))
                await asyncio.sleep(self.rng.uniform(0, 2 * self.load.pause))
            await self._post_late(all_=len(self.late))
        finally:
            await self.api.aclose()

    async def step(self, kind: str) -> None:
        """One piece of work of a kind, or the ticket that it needs first."""
        wanted = {"status": 1, "reply": 2}.get(kind, 0)
        if len(self.tickets) < wanted:
            kind = "ticket"
        await getattr(self, f"_{kind}")(self._word())

    def _word(self) -> str:
        self.count += 1
        return f"w{self.number * 100_000 + self.count}x{self.rng.getrandbits(40):010x}"

    async def _ticket(self, key: str) -> None:
        self.journal.intend(key, "ticket")
        body = {
            "subject": f"Question {key}",
            "body": "My order did not come.",
            "requester": {"email": f"c{self.number}.{self.count % 5}@customer.example"},
        }
        answer = await self._until(key, self._posting("/api/v1/tickets", key=key, body=body))
        if answer is not None:
            self.tickets.append(answer["id"])

    async def _reply(self, key: str) -> None:
        ticket = self.rng.choice(self.tickets[1:])
        self.journal.intend(key, "reply", ticket=ticket)
        body = {"body": f"We look into it: {key}", "visibility": "public"}
        path = f"/api/v1/tickets/{ticket}/messages"
        await self._until(key, self._posting(path, key=key, body=body))

    async def _status(self, key: str) -> None:
        self.turns += 1
        ticket, to = self.tickets[0], _STATUSES[self.turns % 2]
        self.journal.intend(key, "status", ticket=ticket, to=to)
        path = f"/api/v1/tickets/{ticket}"
        # Whoever gives up here could not tell a late change from the next one.
        await self._until(key, lambda: self.api.patch(path, json={"status": to}), gives_up=0)

    async def _webhook(self, key: str) -> None:
        user = f"u{self.number}.{self.count % 3}"
        event = {"type": "message", "id": key, "from": user, "text": f"Where is it? {key}"}
        body = json.dumps({"events": [event]}).encode()
        self.journal.intend(key, "webhook")
        if self.rng.random() < 0.2:  # the vendor sends it later, and others overtake it
            self.late.append(body)
            return
        await self._until(key, self._hook(body))
        if self.rng.random() < 0.2:  # twice
            self.late.append(body)
        await self._post_late(all_=self.rng.randrange(2))

    async def _post_late(self, *, all_: int) -> None:
        self.rng.shuffle(self.late)
        for _ in range(min(all_, len(self.late))):
            body = self.late.pop()
            key = json.loads(body)["events"][0]["id"]
            await self._until(key, self._hook(body), gives_up=0)

    def _hook(self, body: bytes) -> Call:
        signature = hmac.new(self.doors.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"x-fake-signature": signature, "content-type": "application/json"}
        return lambda: self.api.post(f"/in/{self.doors.webhook}", content=body, headers=headers)

    async def _chat(self, key: str) -> None:
        place = f"/chat/{self.doors.chat}"
        if not self.visitor:
            begun = await self._until("", lambda: self.api.post(f"{place}/session", json={}))
            if begun is None:
                return  # gave up before there was anything to say it to
            self.visitor = begun["visitor"]
        self.journal.intend(key, "chat")
        body = {"visitor": self.visitor, "client_id": key, "text": f"Hello? {key}"}
        await self._until(key, lambda: self.api.post(f"{place}/messages", json=body))

    async def _mail(self, key: str) -> None:
        """It is in the mailbox when its file has its name: that is the acknowledgement."""
        assert self.doors.mailbox is not None
        self.journal.intend(key, "mail")
        mail = Mail("question", f"{key}@customer.example", key, _letter(key, self.number))
        copies = 2 if self.rng.random() < 0.1 else 1
        for _ in range(copies):
            self.doors.mailbox.add(mail.raw)
        self.journal.acknowledge(key)

    def _posting(self, path: str, *, key: str, body: dict[str, Any]) -> Call:
        headers = {"Idempotency-Key": key}
        return lambda: self.api.post(path, json=body, headers=headers)

    async def _until(
        self, key: str, call: Call, *, gives_up: float | None = None
    ) -> dict[str, Any] | None:
        """Ask until there is an answer. None when the client gave up, or was refused for good."""
        gives_up = self.load.gives_up if gives_up is None else gives_up
        while True:
            answer, wait = await self._once(call)
            if answer is not None and answer.is_success:
                found = answer.json() if "json" in answer.headers["content-type"] else {}
                if key:
                    self.journal.acknowledge(key, **({"id": found["id"]} if "id" in found else {}))
                return dict(found)
            if answer is not None and _refused(answer):
                self.load.wrong.append(f"{answer.status_code} {answer.text[:200]}")
                return None
            if self.rng.random() < gives_up:
                return None
            await asyncio.sleep(wait)

    async def _once(self, call: Call) -> tuple[httpx2.Response | None, float]:
        """The answer, if any, and how long to wait before the next try."""
        began = time.monotonic()
        try:
            answer = await call()
        except httpx2.TimeoutException:
            self.load.heard(0, time.monotonic() - began, asked="")
            self.load.wrong.append(f"no answer within {PATIENCE:g} s")
            return None, 0.5
        except httpx2.TransportError:
            self.load.heard(0, time.monotonic() - began, asked="")
            return None, self.rng.uniform(0.05, 0.4)
        asked = f"{answer.request.method} {answer.request.url.path}"
        self.load.heard(answer.status_code, time.monotonic() - began, asked=asked)
        if (
            answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            and "retry-after" not in answer.headers
        ):
            self.load.wrong.append(f"503 without Retry-After for {asked}")
        return answer, min(float(answer.headers.get("retry-after", 0.2)), 1.0)


def _refused(answer: httpx2.Response) -> bool:
    """Whether asking again is in vain."""
    status = answer.status_code
    return status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _AGAIN


def _letter(key: str, number: int) -> bytes:
    head = {
        "Message-ID": f"<{key}@customer.example>",
        "From": f"Customer <m{number}@customer.example>",
        "To": ADDRESS,
        "Date": today(),
        "Subject": f"Order {number}",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    lines = [f"{name}: {value}" for name, value in head.items()]
    return "\r\n".join([*lines, "", f"Please look at {key}.", ""]).encode()
