"""A slow file store holds nobody up: bytes are put with no transaction open, and recorded after."""

from __future__ import annotations

import argparse
import os
from typing import Any

import asyncpg
import pytest

from tests.app.test_backup import installed
from tests.domains.channels import fakes
from tests.support.desk import Desk, eventually
from yizhan.app.commands import files as command
from yizhan.kernel.storage import Disk

OPEN = """
SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'
"""


class Watched(Disk):
    """A store that is not done before nobody's transaction is open: one that waits for it never ends."""

    def __init__(self, inner: Disk, owner: asyncpg.Connection[Any]) -> None:
        super().__init__(inner.root)
        self.owner = owner
        self.puts = 0

    async def put(self, workspace_id: int, content: bytes) -> str:
        await eventually(lambda: self.owner.fetchval(OPEN))
        self.puts += 1
        return await super().put(workspace_id, content)


@pytest.fixture
async def watched(desk: Desk) -> Any:
    owner = await asyncpg.connect(desk.database.dsn)
    store = Watched(desk.edge.store, owner)  # type: ignore[arg-type] # the desk of tests has a disk
    desk.edge.store = desk.context.store = store
    yield store
    await owner.close()


async def test_no_transaction_is_open_while_a_file_is_put(desk: Desk, watched: Watched) -> None:
    sent = {"file": ("a.txt", b"hello", "text/plain")}
    made = await desk.api.post("/api/v1/files", files=sent)
    assert made.status_code == 201, made.text
    got = await desk.api.get(made.json()["url"])
    assert got.content == b"hello"
    fake = await fakes.add_inbox(desk)
    await fake.say("你好", number="m1")
    await desk.run_jobs()
    html = b"<h1>Title</h1><p>Text</p>"
    document = {"file": ("a.html", html, "text/html")}
    await desk.api.post("/api/v1/knowledge/documents", files=document)
    assert watched.puts >= 2


async def test_what_was_put_and_never_recorded_is_cleared_away(desk: Desk) -> None:
    """An upload that failed after its bytes were put leaves them behind; others' files stay."""
    sent = {"file": ("a.txt", b"kept", "text/plain")}
    url = (await desk.api.post("/api/v1/files", files=sent)).json()["url"]
    store = desk.edge.store
    assert isinstance(store, Disk)
    lost = await store.put(desk.workspace_id, b"never recorded")
    wanted = await store.put(desk.workspace_id, b"put again")
    for path in store.root.glob("*/??/*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert (
        await store.put(desk.workspace_id, b"put again") == wanted
    )  # somebody is about to record it
    config = installed(desk)
    arguments = argparse.Namespace(remove=False, days=7)
    assert (await command.run(arguments, config))["files"] == 1
    done = await command.run(argparse.Namespace(remove=True, days=7), config)
    assert (done["files"], done["removed"]) == (1, 1)
    assert not store.path(desk.workspace_id, lost).exists()
    assert store.path(desk.workspace_id, wanted).exists()
    assert (await desk.api.get(url)).content == b"kept"
