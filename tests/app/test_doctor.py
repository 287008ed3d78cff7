"""The doctor sees what is wrong with an installation and says how to cure it."""

from __future__ import annotations

import contextlib
import http.server
import shutil
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.desk import Desk
from yizhan.app import doctor
from yizhan.app.doctor import address, database, machine
from yizhan.domains.system.types import Check
from yizhan.kernel import clock, crypto, proxies
from yizhan.kernel import config as configuration
from yizhan.kernel.config import Config


@pytest.fixture
def config(dsn: str, tmp_path: Path) -> Config:
    """A fresh installation on a database of this test's own."""
    found = configuration.load(environment={}, data=tmp_path, database_url=dsn, port=0)
    crypto.open_vault(found)
    return found


async def unwell(config: Config) -> dict[str, Check]:
    return {check.name: check for check in await doctor.examine(config) if not check.ok}


async def test_all_is_well(config: Config) -> None:
    assert await unwell(config) == {}
    names = {check.name for check in await doctor.examine(config)}
    assert names == {*doctor.CURES, "promises", "advice"}


async def test_a_key_that_others_can_read(config: Config) -> None:
    (config.data / "key").chmod(0o644)
    found = await unwell(config)
    assert list(found) == ["key"]
    assert found["key"].cure
    assert "chmod 600" in found["key"].cure.en


async def test_a_table_without_its_fence(config: Config, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE leak (workspace_id bigint, secret text)")
    await connection.close()
    found = await unwell(config)
    assert list(found) == ["isolation"]
    assert found["isolation"].detail == "leak"


async def test_a_schema_that_lags_behind(config: Config, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)"
    )
    await connection.close()
    assert list(await unwell(config)) == ["migrations"]


async def test_a_worker_that_does_not_work(config: Config, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "INSERT INTO pgqueuer (priority, entrypoint, payload, status, execute_after)"
        " VALUES (0, 'a.job', NULL, 'queued', now() - interval '1 hour')"
    )
    await connection.close()
    found = await unwell(config)
    assert list(found) == ["queue"]
    assert found["queue"].cure
    assert "yizhan worker" in found["queue"].cure.zh


async def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    nowhere = f"postgresql://nobody@/nothing?host={tmp_path}"
    config = configuration.load(environment={}, data=tmp_path, database_url=nowhere, port=0)
    found = await unwell(config)
    assert list(found) == ["database"]
    assert found["database"].cure


async def test_a_proxy_that_is_not_trusted(config: Config) -> None:
    assert proxies.client("10.0.0.7", "198.51.100.1", config=config) == "10.0.0.7"
    found = await unwell(config)
    assert list(found) == ["proxy"]
    assert found["proxy"].detail == "10.0.0.7"
    trusting = msgspec.structs.replace(config, trusted_proxies=("10.0.0.7",))
    assert proxies.client("10.0.0.7", "evil, 198.51.100.1", config=trusting) == "198.51.100.1"
    assert await unwell(trusting) == {}


async def test_a_header_from_afar_is_no_proxy(config: Config) -> None:
    assert proxies.client("8.8.8.8", "198.51.100.1", config=config) == "8.8.8.8"
    assert await unwell(config) == {}


async def test_a_place_where_no_file_can_be_written(config: Config) -> None:
    (config.data / "files").write_text("a file where a folder should be")
    found = await unwell(config)
    assert list(found) == ["storage"]
    assert "writable" in _cure(found["storage"])


async def test_a_disk_that_is_nearly_full(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LEAST_DISK", 1 << 62)
    found = await unwell(config)
    assert list(found) == ["disk"]
    assert found["disk"].detail.endswith("MB")
    assert "Free at least" in _cure(found["disk"])


async def test_a_clock_that_is_wrong(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = datetime.now(UTC) + timedelta(hours=2)
    monkeypatch.setattr(clock, "own", lambda: wrong)
    found = await unwell(config)
    assert list(found) == ["clock"]
    assert "NTP" in _cure(found["clock"])


async def test_a_database_that_is_too_old(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_POSTGRES", 990000)
    found = await unwell(config)
    assert list(found) == ["database"]
    assert "is needed" in _cure(found["database"])


async def test_faults_of_which_the_database_tells(config: Config, desk: Desk, dsn: str) -> None:
    """Together, because each by itself would look at the whole installation once more."""
    assert desk.database.dsn == dsn
    ids = [await _mailbox(desk, name) for name in ("refusing", "silent")]
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "UPDATE inbox SET last_error = 'Problem: login: [AUTHENTICATIONFAILED] Invalid credentials',"
        " last_error_at = now(), poller = 'p', poller_until = now() + interval '1 minute' WHERE id = $1",
        ids[0],
    )
    await connection.execute(
        "INSERT INTO delivery (workspace_id, message_id, conversation_id, inbox_id, state, attempts,"
        " not_before, error, created_at) VALUES ($1, 1, 1, $2, 'queued', 3, now(),"
        " 'SMTPConnectError: Connection refused', now())",
        desk.workspace_id,
        ids[1],
    )
    await connection.execute(
        "INSERT INTO consumer (workspace_id, name, failures, error) VALUES ($1, 'odd', 4, 'KeyError')",
        desk.workspace_id,
    )
    await connection.execute("UPDATE workspace SET time_zone = 'Mars/Olympus'")
    await connection.execute(
        "INSERT INTO backup_log (kind, ok, path, seconds, detail) VALUES ('drill', false, 'x', 1, 'torn')"
    )
    await connection.execute("UPDATE timer SET due_at = now() - interval '1 hour'")
    await connection.execute(
        "INSERT INTO timer (workspace_id, kind, key, due_at, job, payload)"
        " VALUES ($1, 'sla.alarm', 'x', now() - interval '1 hour', 'x.y', '{}')",
        desk.workspace_id,
    )
    found = await unwell(config)
    assert "enter the password again" in _cure(found["fetching"])
    assert "refusing" in found["fetching"].detail
    assert "cannot be reached" in _cure(found["sending"])
    assert "Connection refused" in found["sending"].detail
    assert (found["readers"].detail, "support bundle" in _cure(found["readers"])) == (
        "odd (1)",
        True,
    )
    assert found["zones"].detail == "the database does not know Mars/Olympus"
    assert "tzdata" in _cure(found["zones"])
    assert "torn" in found["backup"].detail
    assert "yizhan worker" in _cure(found["queue"])
    await connection.execute(
        "UPDATE inbox SET last_error = NULL, created_at = now() - interval '1 hour'"
    )
    await connection.close()
    found = await unwell(config)
    assert found["fetching"].detail == "silent"
    assert "start yizhan worker" in _cure(found["fetching"])


async def _mailbox(desk: Desk, name: str) -> int:
    inbox = {
        "name": name,
        "channel": "email",
        "brand_id": str(desk.created.brand_id),
        "settings": {"address": f"{name}@example.test", "imap_host": "imap.example.test"},
    }
    answer = await desk.api.post("/api/v1/inboxes", json=inbox)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def test_models_that_are_missing_or_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert machine.models().ok
    copy = tmp_path / "shipped"
    shutil.copytree(Path(str(resources.files("yizhan.learning.shipped"))), copy)
    monkeypatch.setattr(resources, "files", lambda _name: copy)
    (copy / "emotion.npz").unlink()
    whole = (copy / "intent.npz").read_bytes()
    (copy / "intent.npz").write_bytes(whole[: len(whole) // 2])
    found = machine.models()
    assert found.detail == "intent.npz is damaged, emotion.npz is missing"
    assert "Install the program again" in _cure(found)


class Answering(http.server.BaseHTTPRequestHandler):
    """A web server that answers everything alike."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


class Elsewhere(Answering):
    """Some other web server that stands at our address."""

    status = 404


@contextlib.contextmanager
def answering(
    kind: type[Answering] = Answering, *, context: ssl.SSLContext | None = None
) -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_address_that_leads_elsewhere_or_nowhere(config: Config) -> None:
    def at(url: str, **more: Any) -> Check:
        return address.address(msgspec.structs.replace(config, public_url=url, **more))

    assert at("").ok
    assert "YIZHAN_PUBLIC_URL" in _cure(at("", host="0.0.0.0"))
    assert not at("desk.example.test").ok
    assert not at("http://desk.invalid").ok
    with answering(Elsewhere) as port, answering() as desk:
        assert at(f"http://127.0.0.1:{port}", port=1).ok, "no desk runs here that could answer"
        found = at(f"http://127.0.0.1:{port}", port=desk)
        assert "healthz answers 404" in found.detail
        assert "lead here" in _cure(found)
        assert at(f"http://127.0.0.1:{desk}", port=desk).ok


def test_a_certificate_that_nobody_trusts_or_that_ends(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with answering(context=context) as port:
        secure = msgspec.structs.replace(config, public_url=f"https://localhost:{port}")
        found = address.address(secure)
        assert "self-signed" in found.detail
        assert "valid certificate" in _cure(found)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        found = address.address(secure)
        assert "the certificate ends at" in found.detail
        assert "valid certificate" in _cure(found)
        monkeypatch.setattr(address, "SOON", timedelta(days=1))
        assert address.address(secure).ok


def _certificate(folder: Path) -> Path:
    """For a week, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "both.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def _cure(check: Check) -> str:
    assert check.cure is not None
    assert check.cure.zh != check.cure.en
    return check.cure.en
