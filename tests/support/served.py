"""`yizhan serve` as a process of its own, as people run it, with one workspace and its token.

::

    with served(tmp_path) as desk:
        desk.api.post("/api/v1/inboxes", json={...})
        os.kill(desk.part("worker"), signal.SIGKILL)
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import psutil

logging.getLogger("httpx2").setLevel(logging.WARNING)  # tells every request otherwise

ADMIN_EMAIL = "admin@example.test"
ADMIN_PASSWORD = "correct horse battery staple"


@dataclass
class Account:
    """Somebody who can sign in, and a token with every scope."""

    email: str
    password: str
    token: str


@dataclass
class Served:
    """A running desk and what is known of its processes."""

    process: subprocess.Popen[str]
    data: Path
    url: str
    account: Account
    api: httpx2.Client

    @property
    def dsn(self) -> str:
        """Connects as the owner of the database, whom row-level security does not bind."""
        return str(self._info()["dsn"])

    def part(self, name: str) -> int:
        """The process of web or worker, the database's or its keeper's; 0 while there is none."""
        if name in ("database", "keeper"):
            return self._kept("pid" if name == "database" else "keeper")
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                if child.cmdline()[-1:] == [name]:
                    return int(child.pid)
        return 0

    def ready(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx2.TransportError:
            return False

    def get(self, path: str, **params: Any) -> Any:
        return self._checked(self.api.get(f"/api/v1{path}", params=params))

    def post(self, path: str, **body: Any) -> Any:
        return self._checked(self.api.post(f"/api/v1{path}", json=body))

    def patch(self, path: str, **body: Any) -> Any:
        return self._checked(self.api.patch(f"/api/v1{path}", json=body))

    def add_inbox(self, channel: str, settings: Mapping[str, Any]) -> Any:
        """An inbox of the workspace's first brand."""
        brands = self.get("/brands")
        brand = (brands["items"] if isinstance(brands, dict) else brands)[0]
        return self.post(
            "/inboxes", name=channel, channel=channel, brand_id=brand["id"], settings=settings
        )

    def _checked(self, answer: httpx2.Response) -> Any:
        assert answer.is_success, f"{answer.request.url}: {answer.status_code} {answer.text}"
        return answer.json()

    def _info(self) -> dict[str, Any]:
        info: dict[str, Any] = json.loads((self.data / "postgres.json").read_text())
        return info

    def _kept(self, name: str) -> int:
        try:
            pid = int(self._info()[name])
        except (FileNotFoundError, json.JSONDecodeError):
            return 0
        return pid if psutil.pid_exists(pid) else 0


def until(condition: Callable[[], Any], *, seconds: float = 30, what: str = "it") -> Any:
    """The first true answer. Fails at the deadline."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:g} s"
        time.sleep(0.05)
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# Reading messages loads models with each start of a worker; `python -m bench.understanding` has it on.
QUIET = {"YIZHAN_UNDERSTANDING": "false"}


def environment_of_parts() -> dict[str, str]:
    """What every process of a desk under test gets."""
    return {**QUIET, **os.environ, "YIZHAN_EGRESS_ALLOW": "127.0.0.0/8"}


def command(*arguments: object) -> list[str]:
    """``yizhan`` with these arguments."""
    return [sys.executable, "-m", "yizhan.app.cli", *map(str, arguments)]


def run(*arguments: object) -> dict[str, Any]:
    """A command's answer as JSON."""
    done = subprocess.run(
        command(*arguments, "--json"), stdout=subprocess.PIPE, check=True, text=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _workspace(data: Path, *, demo: bool) -> Account:
    if demo:
        made = run("demo", "--data", data)
        return Account(made["admin"]["email"], made["admin"]["password"], made["token"])
    sign_in = ("--admin-email", ADMIN_EMAIL, "--admin-password", ADMIN_PASSWORD)
    made = run("workspace", "create", "Test", *sign_in, "--data", data)
    return Account(ADMIN_EMAIL, ADMIN_PASSWORD, made["token"])


@contextlib.contextmanager
def served(
    folder: Path, *, demo: bool = False, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """A desk below a folder; stopped at the end. Its log is ``serve.log``."""
    data, port = folder / "data", free_port()
    log_path = folder / "serve.log"
    more = ("--demo",) if demo else ()
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            command("serve", "--json", "--data", data, "--port", port, *more),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**environment_of_parts(), **(environment or {})},
        )
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert line, log_path.read_text()[-3000:]
        url = json.loads(line).get("url")
        assert url, f"{line}\n{log_path.read_text()[-3000:]}"
        account = _workspace(data, demo=demo)
        headers = {"Authorization": f"Bearer {account.token}"}
        with httpx2.Client(base_url=url, headers=headers, timeout=30) as api:
            yield Served(process, data, url, account, api)
    finally:
        process.terminate()
        process.communicate()
