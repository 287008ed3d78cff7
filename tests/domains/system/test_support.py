"""A support bundle helps whoever gets it, and holds nothing that a person wrote."""

from __future__ import annotations

import io
import logging
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import structlog

from tests.support.desk import Desk
from tests.support.logged import logged
from yizhan.app import cli
from yizhan.domains.system import recording, support
from yizhan.domains.system.types import Check
from yizhan.kernel.config import Config

CANARIES = (
    "canary.person@example.test",
    "金丝雀@例子.测试",
    "13800138000",
    "+86 138-0013-8000",
    "Canary McBird",
    "金小雀",
    "Broken canary printer",
    "打印机金丝雀坏了",
    "the canary sang all night",
    "金丝雀整夜歌唱",
    "yz_canarytoken0123456789abcdef",
    "hunter2canary",
    "imap.canary-host.test",
    "/home/canarymcbird",
    "canary-workspace",
)
TEXT = " ".join(CANARIES)


def _open(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}


def _clean(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        text = content.decode()
        for canary in (*CANARIES, "canary", "Canary", "金丝雀", "金小雀"):
            assert canary not in text, f"{canary} in {name}"


@pytest.fixture
def logging_on() -> Iterator[None]:
    with logged():
        yield


def _fail() -> None:
    try:
        int(TEXT)
    except ValueError as error:
        raise RuntimeError(TEXT) from error


async def _plant(desk: Desk) -> None:
    """Canaries wherever a person or another system may have left one."""
    requester = {"email": CANARIES[0], "name": CANARIES[4]}
    ticket = {"subject": CANARIES[6], "body": TEXT, "requester": requester, "tags": ["金丝雀"]}
    made = (await desk.api.post("/api/v1/tickets", json=ticket)).json()
    await desk.api.post(
        f"/api/v1/tickets/{made['id']}/messages", json={"body": TEXT, "visibility": "internal"}
    )
    await desk.api.patch("/api/v1/workspace", json={"name": CANARIES[14]})
    inbox = {
        "name": CANARIES[5],
        "channel": "form",
        "brand_id": str(desk.created.brand_id),
        "settings": {},
    }
    inbox_id = (await desk.api.post("/api/v1/inboxes", json=inbox)).json()["id"]
    async with desk.begin() as tx:
        await tx.db.execute(
            "UPDATE inbox SET last_error = $3, last_error_at = now() WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            int(inbox_id),
            f"ConnectionError: {TEXT}",
        )
        tx.defer("channels.process", envelope_id=1, text=TEXT)
        tx.defer("channels.deliver", key=f"deliver:{CANARIES[0]}", message_id=1)
        await tx.db.execute(
            "INSERT INTO timer (workspace_id, kind, key, due_at, job, payload)"
            " VALUES ($1, 'sla.alarm', $2, now(), 'x.y', $3)",
            tx.workspace_id,
            TEXT,
            {"text": TEXT},
        )
        await tx.db.execute(
            "INSERT INTO consumer (workspace_id, name, failures, error) VALUES ($1, 'webhooks', 3, $2)"
            " ON CONFLICT (workspace_id, name) DO UPDATE SET failures = 3, error = $2",
            tx.workspace_id,
            TEXT,
        )
        await tx.db.fetchval(f"SELECT 1 /* {CANARIES[4]} */ WHERE 'x' <> '{TEXT}'")


def _log() -> None:
    ours = structlog.get_logger("test")
    ours.warning("portal_link_not_sent", detail=TEXT, workspace_id=7, job=TEXT, channel=TEXT)
    ours.warning(TEXT, error=TEXT, route=f"/{TEXT}", kind=CANARIES[0])
    try:
        _fail()
    except RuntimeError:
        ours.exception("job_failed", job="webhooks.send", attempt=3, name=CANARIES[4])
        logging.getLogger("other.library").exception("failed for %s", TEXT)
    logging.getLogger("other.library").warning(f"as written: {TEXT}")  # noqa: G004 -- others do so


async def test_no_canary_leaves_in_a_bundle(desk: Desk, logging_on: None) -> None:
    await _plant(desk)
    _log()
    await recording.write(desk.database, until=time.time() + 60)
    answer = await desk.api.post("/api/v1/system/support")
    assert answer.headers["content-type"] == "application/zip"
    files = _open(answer.content)
    _clean(files)
    assert not any(b"unavailable" in content for content in files.values())

    channels = msgspec.json.decode(files["channels.json"])
    assert channels[0]["last_error"] == "ConnectionError"
    assert channels[0]["address"] == "•••"
    queue = msgspec.json.decode(files["queue.json"])
    assert {row["entrypoint"] for row in queue["jobs"]} == {"channels.process", "channels.deliver"}
    assert [row["kind"] for row in queue["timers"]] == ["sla.alarm"]
    assert next(r for r in queue["readers"] if r["name"] == "webhooks")["failing"] == 1
    lines = [msgspec.json.decode(line) for line in files["log.jsonl"].splitlines()]
    failed = next(line for line in lines if line["event"] == "job_failed")
    assert (failed["job"], failed["attempt"]) == ("webhooks.send", 3)
    assert [part["type"] for part in failed["exception"]] == [
        "builtins.RuntimeError",
        "builtins.ValueError",
    ]
    counted = msgspec.json.decode(files["errors.json"])
    assert ("job_failed", "builtins.RuntimeError") in {
        (one["event"], one["error"]) for one in counted
    }
    tables = msgspec.json.decode(files["database.json"])["tables"]
    assert "ticket" in {one["name"] for one in tables}
    checks = msgspec.json.decode(files["doctor.json"])
    assert {"database", "migrations", "promises"} <= {one["name"] for one in checks}
    assert msgspec.json.decode(files["migrations.json"])["missing"] == []

    (made,) = await desk.events("system.support_bundle_made")
    assert made.data["files"] == len(files)
    await desk.run_jobs(only="nothing")
    kept = (await desk.api.get("/api/v1/audit?action=system.support_bundle_made")).json()["items"]
    assert [one["actor"]["kind"] for one in kept] == ["token"]


async def test_settings_say_what_is_set_and_not_to_what() -> None:
    config = Config(
        data=Path("/home/canarymcbird/data"),
        database_url=f"postgresql://canary:{CANARIES[11]}@{CANARIES[12]}/x",
        secret_key=CANARIES[10],
        public_url="https://canary.example.test",
        otlp_url=f"https://canary:{CANARIES[11]}@collector.test",
        operator_workspace="canary-workspace",
        egress_allow=("10.0.0.0/8",),
        pool=7,
        log_level="debug",
    )
    checks = [
        Check("database", ok=False, detail=TEXT),
        Check("storage", ok=True, detail=TEXT),
        Check("python", ok=True, detail="3.11.7"),
    ]
    made = await support.collect(None, config, checks=checks)
    files = _open(made.content)
    _clean(files)
    found = msgspec.json.decode(files["settings.json"])
    assert (found["pool"], found["log_level"], found["secure_cookies"]) == (7, "debug", False)
    assert found["secret_key"] == {"set": True}
    assert found["egress_allow"] == {"set": True, "entries": 1}
    assert found["host"] == {"set": False}
    assert "queue.json" in made.missing
    assert msgspec.json.decode(files["queue.json"]) == {"unavailable": "Unavailable"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ConnectionError: 金小雀", "ConnectionError"),
        ("TimeoutError: no answer", "TimeoutError"),
        ("login_refused", "login_refused"),
        ("Canary McBird has no mailbox", "?"),
        ("Alice: no", "?"),
        (None, None),
    ],
)
def test_of_a_channels_error_its_type_stays(text: str | None, kept: str | None) -> None:
    assert support.error_type(text) == kept


def test_the_command_writes_a_bundle_once(
    cluster_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """Also when the database cannot be reached: that is when help is needed."""
    monkeypatch.setenv("YIZHAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    out = tmp_path / "bundle.zip"
    args = ["support", str(out), "--json", "--data", str(tmp_path / "data")]
    (tmp_path / "data").mkdir()
    assert cli.main(args) == 0
    said = msgspec.json.decode(capsys.readouterr().out)
    assert said["path"] == str(out)
    assert "doctor.json" in said["files"]
    assert "queue.json" in said["missing"]
    assert out.stat().st_mode & 0o077 == 0
    files = _open(out.read_bytes())
    assert any(
        check["name"] == "database" and not check["ok"]
        for check in msgspec.json.decode(files["doctor.json"])
    )
    assert cli.main(args) == 1
    assert msgspec.json.decode(capsys.readouterr().out)["error"]["code"] == "path_taken"
