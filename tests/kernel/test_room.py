"""A disk that is nearly full: nothing new is taken, everything is read, and room is all it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.desk import Desk
from yizhan.kernel import room, storage

_MORE_THAN_THERE_IS = 1 << 40
_TICKET = {"subject": "Room", "body": "for one", "requester": {"email": "a@customer.example"}}


async def test_writes_are_refused_and_reads_go_on(desk: Desk, tmp_path: Path) -> None:
    small = room.Room(tmp_path, reserve_mb=_MORE_THAN_THERE_IS)
    desk.edge.room = small
    refused = await desk.api.post("/api/v1/tickets", json=_TICKET)
    assert (refused.status_code, refused.json()["code"]) == (503, "storage_full")
    assert refused.headers["retry-after"] == "10"
    assert (await desk.api.get("/api/v1/tickets?view=all")).json()["items"] == []
    small.reserve = 1
    small._seen = float("-inf")  # a second later
    assert (await desk.api.post("/api/v1/tickets", json=_TICKET)).status_code == 201


async def test_files_are_refused_below_the_reserve(tmp_path: Path) -> None:
    disk = storage.Disk(tmp_path / "files", reserve_mb=_MORE_THAN_THERE_IS)
    with pytest.raises(room.StorageFull):
        await disk.put(7, b"a mail that was fetched")
    with pytest.raises(room.StorageFull):
        await disk.check()


def test_the_reserve_is_counted_in_megabytes(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free >> 20
    assert room.Room(tmp_path, reserve_mb=free * 2).short()
    assert not room.Room(tmp_path, reserve_mb=free // 2).short()
    assert not room.Room(tmp_path / "not" / "there", reserve_mb=free * 2).short()
