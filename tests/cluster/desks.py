"""Web and worker processes of one desk, each as on a machine of its own: own data folder, shared settings."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx2

from tests.cluster.parts import Process
from tests.support import served as serving
from tests.support.served import ADMIN_EMAIL, ADMIN_PASSWORD, free_port
from yizhan.app import worker

_KEY = base64.b64encode(b"k" * 32).decode()


@dataclass
class Machines:
    """The processes of one desk."""

    folder: Path
    settings: Mapping[str, str]
    token: str = ""
    webs: list[Process] = field(default_factory=list)
    workers: list[Process] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.ports[number]}"

    def api(self, url: str) -> httpx2.Client:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx2.Client(base_url=url, headers=headers, timeout=40)

    def ready(self, number: int) -> bool:
        with contextlib.suppress(httpx2.TransportError):
            return httpx2.get(f"{self.url(number)}/readyz", timeout=10).status_code == 200
        return False

    def environment(self, name: str, **more: str) -> dict[str, str]:
        own = {
            **serving.QUIET,
            "YIZHAN_SECRET_KEY": _KEY,
            "YIZHAN_EGRESS_ALLOW": "127.0.0.0/8",
            "YIZHAN_TRUSTED_PROXIES": "127.0.0.1/32",
            "YIZHAN_POOL": "8",
        }
        return {**own, **self.settings, "YIZHAN_DATA": str(self.folder / name), **more}

    def command(self, *arguments: str) -> Any:
        """One of `yizhan`'s commands, as on a machine of its own."""
        done = subprocess.run(
            serving.command(*arguments, "--json"),
            env={**os.environ, **self.environment("commands")},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return json.loads(done.stdout)

    def start(self, *, webs: int, workers: int) -> None:
        """One after another: each takes a core while it loads."""
        self.command("migrate")
        sign_in = ("--admin-email", ADMIN_EMAIL, "--admin-password", ADMIN_PASSWORD)
        self.token = self.command("workspace", "create", "Test", *sign_in)["token"]
        for number in range(webs):
            self.ports.append(port := free_port())
            process = self._process(f"web{number + 1}", YIZHAN_PORT=str(port))
            self.webs.append(process)
            process.start(partial(self.ready, number), seconds=120)
        for number in range(workers):
            process = self._process(f"worker{number + 1}")
            self.workers.append(process)
            alive = self.folder / process.name / worker.ALIVE
            process.start(alive.exists, seconds=120)

    def _process(self, name: str, **more: str) -> Process:
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        part = name.rstrip("0123456789")
        return Process(
            name, serving.command(part), self.folder / f"{name}.log", self.environment(name, **more)
        )

    def stop(self) -> None:
        for process in [*self.workers, *self.webs]:
            if process.running is not None and process.running.poll() is None:
                process.running.terminate()
        for process in [*self.workers, *self.webs]:
            process.stop(seconds=30)


async def reached(condition: Callable[[], Awaitable[bool]], *, seconds: float) -> None:
    """Asks until it is so."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s"
        await asyncio.sleep(0.1)


@contextlib.contextmanager
def desk(
    folder: Path, settings: Mapping[str, str], *, webs: int, workers: int
) -> Iterator[Machines]:
    machines = Machines(folder, settings)
    try:
        machines.start(webs=webs, workers=workers)
        yield machines
    finally:
        machines.stop()
