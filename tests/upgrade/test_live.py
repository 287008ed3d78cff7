"""Old code serves and writes while this release's migrations run under it; then this release takes over.

``make upgrade``. Needs git's history.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.served import free_port
from tests.upgrade import old

logger = logging.getLogger(__name__)
BEFORE, AFTER = 4.0, 6.0  # seconds of load on either side of the migrations
LONGEST = 5.0  # seconds that an answer may take meanwhile, on a busy machine

pytestmark = pytest.mark.chaos


@dataclass
class Load:
    """Clients that list, open, create, answer and search, and write down each answer."""

    url: str
    token: str
    prefix: str
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    slowest: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def start(self, clients: int = 3) -> list[threading.Thread]:
        threads = [
            threading.Thread(target=self._run, args=(number,), daemon=True)
            for number in range(clients)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _run(self, number: int) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx2.Client(base_url=f"{self.url}/api/v1", headers=headers, timeout=60) as api:
            turn = 0
            while not self.over.is_set():
                turn += 1
                made = self._ask(api, "POST", "/tickets", json=self._ticket(number, turn))
                if made is not None and made.status_code == 201:
                    ticket = made.json()["id"]
                    self.created.append(ticket)
                    note = {"body": "noted 记下", "visibility": "internal"}
                    self._ask(api, "POST", f"/tickets/{ticket}/messages", json=note)
                    self._ask(api, "PATCH", f"/tickets/{ticket}", json={"tags": [f"t{turn % 7}"]})
                    self._ask(api, "GET", f"/tickets/{ticket}")
                    self._ask(api, "GET", f"/tickets/{ticket}/messages")
                self._ask(api, "GET", "/tickets", params={"view": "all"})
                self._ask(api, "GET", "/search", params={"q": "noted"})

    def _ticket(self, number: int, turn: int) -> dict[str, Any]:
        return {
            "subject": f"{self.prefix} {number}-{turn}",
            "body": "升级时写下的 while it is upgraded",
            "requester": {"email": f"c{number}@customer.example", "name": "C"},
        }

    def _ask(
        self, api: httpx2.Client, method: str, path: str, **more: Any
    ) -> httpx2.Response | None:
        began = time.monotonic()
        try:
            answer = api.request(method, path, **more)
        except httpx2.TransportError as error:
            self.faults.append(f"{method} {path}: {error!r}")
            return None
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 400:
            self.faults.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer

    def settled(self) -> None:
        assert not self.faults, self.faults[:5]
        assert self.created
        assert self.slowest < LONGEST


def new(*arguments: object, data: Path) -> Any:
    """A command of this release."""
    done = subprocess.run(
        old.yizhan(*arguments, "--data", data, "--json"),
        env=old.environment(old.ROOT / "src"),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return json.loads(done.stdout)


def ready(process: subprocess.Popen[str], log: Path) -> str:
    """The address of a desk that began."""
    assert process.stdout
    line = process.stdout.readline()
    assert line, log.read_text()[-3000:]
    return str(json.loads(line)["url"])


@pytest.mark.parametrize("release", old.releases(), ids=lambda release: release.name)
def test_old_code_serves_while_the_schema_moves_on(release: old.Release, tmp_path: Path) -> None:
    sources = old.code(release.commit, tmp_path / "code")
    if sources is None:
        pytest.skip(f"{release.commit} is not in the history")
    data, log = tmp_path / "data", tmp_path / "serve.log"
    past = old.environment(sources)
    made = subprocess.run(
        old.yizhan("demo", "--data", data, "--json"),
        env=past,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    token = json.loads(made.stdout)["token"]
    serve = ("serve", "--json", "--data", data, "--port")
    with old.running(old.yizhan(*serve, free_port()), env=past, log=log) as process:
        load = Load(ready(process, log), token, "old")
        threads = load.start()
        time.sleep(BEFORE)
        before = len(load.created)
        began = time.monotonic()
        applied = new("migrate", data=data)["applied"]
        took = time.monotonic() - began
        time.sleep(AFTER)
        load.over.set()
        for thread in threads:
            thread.join(60)
        logger.info(
            "%s: %d migrations in %.1f s, %d tickets before and %d after, %s, slowest %.2f s",
            *(release.name, len(applied), took, before, len(load.created) - before),
            *(dict(load.statuses), load.slowest),
        )
    assert applied
    load.settled()
    after = Load("", token, "new")
    env = old.environment(old.ROOT / "src")
    with old.running(old.yizhan(*serve, free_port()), env=env, log=log) as process:
        after.url = ready(process, log)
        threads = after.start(1)
        time.sleep(AFTER)
        after.over.set()
        for thread in threads:
            thread.join(60)
        headers = {"Authorization": f"Bearer {token}"}
        with httpx2.Client(base_url=f"{after.url}/api/v1", headers=headers, timeout=60) as api:
            gone = [t for t in load.created if api.get(f"/tickets/{t}").status_code != 200]
    assert gone == []
    after.settled()
    checked = new("verify", data=data)
    assert checked["ok"], checked
    sys.stdout.flush()
