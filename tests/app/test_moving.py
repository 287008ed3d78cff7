"""A workspace leaves as open files and comes back as it was; a stranger's archive does no harm."""

from __future__ import annotations

import asyncio
import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.app.test_backup import work
from tests.conftest import cloned
from tests.support.desk import Desk
from yizhan.app.moving import archive, errors, exporting, importing, shape
from yizhan.domains.identity.service import workspaces
from yizhan.domains.tickets import verify
from yizhan.kernel import crypto, db
from yizhan.kernel.actor import system
from yizhan.kernel.storage import Disk

Parts = dict[str, bytes]


@pytest.fixture
async def path(desk: Desk, tmp_path: Path) -> Path:
    """An archive of a desk with some work done."""
    await work(desk)
    written = tmp_path / "desk.zip"
    await exporting.export(dsn=desk.database.dsn, store=desk.edge.store, path=written)
    return written


@pytest.fixture
async def other(cluster_dsn: str, template: str) -> AsyncIterator[str]:
    """Another installation's database."""
    async with cloned(cluster_dsn, template) as dsn:
        yield dsn


async def load(dsn: str, path: Path, **more: Any) -> dict[str, Any]:
    store = Disk(path.parent / "elsewhere")
    return await importing.load(
        dsn=dsn, store=store, vault=crypto.Vault(b"2" * 32), path=path, **more
    )


async def test_there_and_back(desk: Desk, path: Path, other: str, tmp_path: Path) -> None:
    done = await load(other, path)
    assert (done["counts"]["ticket"], done["counts"]["files"]) == (1, 1)
    store = Disk(tmp_path / "elsewhere")
    again = await exporting.export(dsn=other, store=store, path=tmp_path / "again.zip")
    assert (again["sha256"], again["counts"]) == (done["sha256"], done["counts"])
    opened = await db.connect(other, pool=2)
    try:
        async with opened.begin(system(desk.workspace_id)) as tx:
            found = await verify.check(tx, store)
            assert {name: wrong for name, wrong in found.items() if wrong} == {}
            # What signs its links was made anew, with this place's key.
            assert await workspaces.secret(tx, vault=crypto.Vault(b"2" * 32))
    finally:
        await opened.close()
    with pytest.raises(errors.WorkspaceThere):
        await load(other, path)
    await keeps_its_secrets(desk, path)


async def keeps_its_secrets(desk: Desk, path: Path) -> None:
    owner = await asyncpg.connect(desk.database.dsn)
    hashes = await owner.fetch("SELECT password_hash FROM agent WHERE password_hash IS NOT NULL")
    tokens = await owner.fetch("SELECT prefix FROM api_token")
    await owner.close()
    with zipfile.ZipFile(path) as zipped:
        text = b"\n".join(zipped.read(name) for name in zipped.namelist())
    assert hashes
    for secret in (*(row[0] for row in hashes), *(row[0] for row in tokens)):
        assert secret.encode() not in text
    assert b"kunde@example.test" in text


async def test_beside_another_workspace(desk: Desk, path: Path, other: str) -> None:
    opened = await db.connect(other, pool=2)
    async with opened.begin(system(opened.new_id())) as tx:
        slug = desk.created.workspace.slug
        await workspaces.create(tx, vault=crypto.Vault(b"2" * 32), name="First", slug=slug)
    await opened.close()
    with pytest.raises(errors.SlugThere):
        await load(other, path)
    await load(other, path, slug="second")
    owner = await asyncpg.connect(other)
    rows = await owner.fetch("SELECT slug FROM workspace ORDER BY slug")
    await owner.close()
    assert {row["slug"] for row in rows} == {slug, "second"}


def rewritten(path: Path, change: Callable[[Parts], None], *, sealed: bool = False) -> Path:
    """The archive with something changed; ``sealed``: with hashes that fit again, as an attacker would."""
    with zipfile.ZipFile(path) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    change(parts)
    if sealed:
        manifest = json.loads(parts[archive.MANIFEST])
        for kind in manifest["kinds"]:
            data = parts[f"data/{kind['name']}.jsonl"]
            kind["sha256"], kind["size"] = hashlib.sha256(data).hexdigest(), len(data)
            kind["rows"] = data.count(b"\n")
        found = {kind["name"]: (kind["sha256"], kind["rows"]) for kind in manifest["kinds"]}
        files = [line.split()[0] for line in parts[archive.FILE_LIST].decode().splitlines()]
        manifest["sha256"] = archive.combined(found, files)
        parts[archive.MANIFEST] = json.dumps(manifest).encode()
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    return made


def edit(name: str, old: bytes, new: bytes) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


def escaping(parts: Parts) -> None:
    parts["../../escaped"] = b"out"


def bomb(parts: Parts) -> None:
    zeros = b"\0" * (70 << 20)
    sha256 = hashlib.sha256(zeros).hexdigest()
    parts[f"files/{sha256[:2]}/{sha256}"] = zeros
    parts[archive.FILE_LIST] += f"{sha256} {len(zeros)}\n".encode()
    manifest = json.loads(parts[archive.MANIFEST])
    manifest["files"] += 1
    manifest["file_list_sha256"] = hashlib.sha256(parts[archive.FILE_LIST]).hexdigest()
    parts[archive.MANIFEST] = json.dumps(manifest).encode()


def longer(parts: Parts) -> None:
    parts["data/message.jsonl"] += b"{}\n"


def another_kind(parts: Parts) -> None:
    manifest = json.loads(parts[archive.MANIFEST])
    manifest["kinds"].append(
        {"name": "api_token", "columns": ["id"], "rows": 0, "size": 0, "sha256": ""}
    )
    parts["data/api_token.jsonl"] = b""
    parts[archive.MANIFEST] = json.dumps(manifest).encode()


def no_row(parts: Parts) -> None:
    parts["data/brand.jsonl"] += b'{"workspace_id": "1", \xff\n'


async def untouched(dsn: str) -> bool:
    """Nothing of the archive is in any table."""
    owner = await asyncpg.connect(dsn)
    try:
        for row in await owner.fetch(shape.TENANTS):
            if await owner.fetchval(f'SELECT EXISTS (SELECT FROM "{row["name"]}")'):
                return False
        return True
    finally:
        await owner.close()


async def test_hostile_archives(desk: Desk, path: Path, other: str) -> None:
    mine = str(desk.workspace_id).encode()
    lies = {
        "a name that leads out": rewritten(path, escaping),
        "a changed row": rewritten(path, edit("data/contact.jsonl", b"Kunde", b"Kinde")),
        "a longer part": rewritten(path, longer),
    }
    for said, one in lies.items():
        with pytest.raises(errors.ArchiveRefused):
            await load(other, one)
        assert await untouched(other), said
    with pytest.raises(errors.ArchiveTooLarge):
        await load(other, rewritten(path, bomb))
    strange = rewritten(path, edit("data/message.jsonl", mine, b"7"), sealed=True)
    with pytest.raises(errors.ArchiveRefused, match="another workspace"):
        await load(other, strange)
    for change in (no_row, another_kind):
        with pytest.raises(errors.ArchiveRefused):
            await load(other, rewritten(path, change, sealed=True))
    await not_whole_or_not_ours(path, other)
    assert await untouched(other)


async def not_whole_or_not_ours(path: Path, other: str) -> None:
    whole = await asyncio.to_thread(path.read_bytes)
    half = path.with_name("half.zip")
    for data in (whole[: len(whole) // 2], whole[:-30], b"", b"PK\3\4 and nothing"):
        half.write_bytes(data)
        with pytest.raises(errors.ArchiveRefused):
            await load(other, half)
    with zipfile.ZipFile(path) as zipped:
        largest = max(zipped.infolist(), key=lambda entry: entry.compress_size)
    flipped = bytearray(whole)
    flipped[largest.header_offset + 100 + largest.compress_size // 2] ^= 0xFF
    half.write_bytes(flipped)
    with pytest.raises(errors.ArchiveRefused):
        await load(other, half)
    newer = rewritten(path, edit(archive.MANIFEST, b'"version": 1', b'"version": 2'))
    with pytest.raises(errors.ArchiveTooNew):
        await load(other, newer)
    later = rewritten(path, edit(archive.MANIFEST, b'"migrations": [', b'"migrations": [9999, '))
    with pytest.raises(errors.ArchiveTooNew):
        await load(other, later)


async def test_nothing_is_forgotten(dsn: str) -> None:
    """Whatever is named as staying exists; bytes and what sounds like a secret were thought of."""
    owner = await asyncpg.connect(dsn)
    tenants = {row["name"] for row in await owner.fetch(shape.TENANTS)}
    exported = {kind.name for kind in await shape.kinds(owner)}
    columns = await owner.fetch(
        "SELECT table_name, column_name, data_type, is_nullable = 'NO' AND column_default IS NULL AS needed"
        " FROM information_schema.columns WHERE table_schema = 'public'"
    )
    await owner.close()
    assert exported | set(shape.STAYS) == tenants
    assert exported & set(shape.STAYS) == set()
    telling = ("password", "secret", "token_hash", "recovery", "totp", "credential", "private")
    for table, column, kind, needed in columns:
        place = (table, column)
        if table not in exported:
            continue
        if kind == "bytea" or any(word in column for word in telling):
            known = {*shape.SECRETS, *shape.OPEN_BYTES, *shape.HARMLESS}
            assert place in known, f"{table}.{column}: does it leave with an export?"
        if place in shape.SECRETS and needed:
            assert shape.SECRETS[place] is not None, f"{table}.{column} cannot be null"
    empty = {place for place, value in shape.SECRETS.items() if value == "''"}
    assert empty == {(fresh.table, fresh.column) for fresh in shape.FRESH}
