"""From a customer's words to the flag on the screen and the notice to the lead, under load:
``python -m bench.understanding [--seconds 60] [--rate 4]``.

A real desk of web, worker and database. Customers write at a steady rate while agents list and open
tickets; one in five customers is angry. A browser's stream is read: said is how long it takes from
sending the customer's message until the ticket arrives there with its flag, and until the lead's
notification does. The promise is 30 seconds at the 95th percentile.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2

from tests.support.served import Served, served

ANGRY = (
    "等了十天还没到，太气人了，再不处理我就投诉到12315！",
    "你们这是欺骗消费者，马上退款，不然我找律师起诉你们",
    "This is outrageous. Third time I write. Refund me now or my lawyer will contact you.",
    "Absolutely unacceptable, I am furious, I will report you to the consumer agency!",
)
CALM = (
    "你好，请问怎么修改收货地址？",
    "我想开一张发票，抬头是公司名称，谢谢",
    "Hi, could you tell me how to reset my password?",
    "订单 {0} 什么时候发货呀",
    "Thanks, where can I see my invoice for order {0}?",
)
PROMISE = 30.0


class Heard:
    """When what arrived on the stream of a lead's browser."""

    def __init__(self, desk: Served) -> None:
        self.flagged: dict[str, float] = {}
        self.read: dict[str, float] = {}
        self.noticed: dict[str, float] = {}
        self.browser = httpx2.Client(base_url=desk.url, headers={"X-Yizhan": "1"}, timeout=30)
        known = {"email": desk.account.email, "password": desk.account.password}
        self.browser.post("/api/v1/auth/login", json=known).raise_for_status()
        self.ready = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with (
            contextlib.suppress(httpx2.TransportError),  # the desk is stopped at the end
            self.browser.stream("GET", "/api/v1/stream", timeout=None) as answer,
        ):
            for event, data in _frames(answer.iter_lines()):
                now = time.monotonic()
                if event == "hello":
                    self.ready.set()
                elif event == "ticket" and data["row"].get("mood"):
                    self.flagged.setdefault(data["row"]["id"], now)
                elif event == "signals":
                    self.read.setdefault(data["ticket_id"], now)
                elif event == "notification" and data.get("kind") == "mood":
                    self.noticed.setdefault(data["notification_id"], now)

    def notices(self) -> dict[str, float]:
        """By ticket."""
        found: dict[str, float] = {}
        cursor: str | None = None
        while True:
            more = {} if cursor is None else {"cursor": cursor}
            page = self.browser.get("/api/v1/notifications", params={"limit": 100, **more}).json()
            for one in page["items"]:
                if one["id"] in self.noticed:
                    found[one["ticket_id"]] = self.noticed[one["id"]]
            cursor = page.get("next_cursor")
            if cursor is None:
                return found


def _frames(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    event = ""
    for line in lines:
        if line.startswith("event: "):
            event = line[7:]
        elif line.startswith("data: "):
            yield event, json.loads(line[6:])


def _agents(desk: Served, stop: threading.Event) -> None:
    """Somebody who lists and opens tickets without a pause."""
    head = {"Authorization": f"Bearer {desk.account.token}"}
    with httpx2.Client(base_url=desk.url, headers=head, timeout=30) as api:
        while not stop.is_set():
            rows = api.get("/api/v1/tickets", params={"view": "all", "limit": 50}).json()["items"]
            for row in rows[:3]:
                api.get(f"/api/v1/tickets/{row['id']}")
                api.get(f"/api/v1/tickets/{row['id']}/messages")
                time.sleep(0.05)


def _customers(desk: Served, *, rate: float, seconds: float) -> tuple[dict[str, float], set[str]]:
    """When each message was sent off, and which tickets are angry."""
    choose = random.Random(1)  # noqa: S311 -- a choice, not a secret
    sent: dict[str, float] = {}
    angry: set[str] = set()
    begin = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        is_angry = number % 5 == 0
        words = choose.choice(ANGRY if is_angry else CALM).format(70_000 + number)
        at = time.monotonic()
        made = desk.post(
            "/tickets",
            subject=words[:30],
            body=f"{words} ({number})",  # no text twice: the cache of vectors would answer
            requester={"email": f"c{number}@example.test"},
        )
        sent[made["id"]] = at
        if is_angry:
            angry.add(made["id"])
    return sent, angry


def _told(name: str, took: list[float], of: int) -> None:
    if not took:
        print(f"{name}: none of {of}")
        return
    ordered = sorted(took)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(
        f"{name}: {len(took)} of {of}; p50 {statistics.median(ordered):.2f} s,"
        f" p95 {p95:.2f} s, worst {ordered[-1]:.2f} s"
    )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=4, help="messages a second")
    parser.add_argument("--agents", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as desk:
        heard = Heard(desk)
        heard.ready.wait(30)
        stop = threading.Event()
        for _ in range(args.agents):
            threading.Thread(target=_agents, args=(desk, stop), daemon=True).start()
        sent, angry = _customers(desk, rate=args.rate, seconds=args.seconds)
        deadline = time.monotonic() + 2 * PROMISE
        while time.monotonic() < deadline and not set(sent) <= set(heard.read):
            time.sleep(0.2)
        time.sleep(1)
        stop.set()
        notices = heard.notices()
        read = [at - sent[key] for key, at in heard.read.items() if key in sent]
        flagged = [at - sent[key] for key, at in heard.flagged.items() if key in angry]
        noticed = [at - sent[key] for key, at in notices.items() if key in angry]
    print(f"{args.rate:g} messages a second for {args.seconds:g} s, {args.agents} busy agents")
    _told("read, on the screen", read, len(sent))
    _told("flag on the screen", flagged, len(angry))
    _told("notice to the lead", noticed, len(angry))


if __name__ == "__main__":
    main()
