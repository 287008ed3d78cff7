"""What every file store keeps to. Object storage proper (SeaweedFS) is asked by `make scale`."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from yizhan.kernel import bucket, storage
from yizhan.kernel import config as configuration

# Set by `make scale`: the address of a real server, its key and its secret.
REAL = os.environ.get("YIZHAN_TEST_S3", "")


def _bucket(*, secret: str = "") -> bucket.Bucket:
    if not REAL:
        return bucket.Bucket("memory:///")
    endpoint, key, real = REAL.split(" ")
    options = {"endpoint": endpoint, "access_key_id": key, "secret_access_key": secret or real}
    return bucket.Bucket("s3://desk/contract", options={**options, "region": "us-east-1"})


@pytest.fixture(params=["disk", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> storage.Store:
    return storage.Disk(tmp_path) if request.param == "disk" else _bucket()


@pytest.mark.parametrize("content", [b"", b"x" * 3_000_000, "发票\n".encode()])
async def test_a_file_comes_back_as_it_was(store: storage.Store, content: bytes) -> None:
    await store.check()
    name = await store.put(7, content)
    assert name == hashlib.sha256(content).hexdigest()
    assert await store.put(7, content) == name, "twice is once"
    assert await store.get(7, name) == content


async def test_files_of_others_and_odd_names_are_missing(store: storage.Store) -> None:
    name = await store.put(7, b"of workspace seven")
    for workspace_id, asked in [
        (8, name),
        (7, "0" * 64),
        (7, "../" * 20),
        (7, name.upper()),
        (7, ""),
    ]:
        with pytest.raises(storage.FileMissing):
            await store.get(workspace_id, asked)


async def test_a_bucket_that_is_away_says_so_without_its_address() -> None:
    away = bucket.Bucket(
        "s3://desk",
        options={"endpoint": "http://127.0.0.1:9", "access_key_id": "a", "secret_access_key": "b"},
    )
    with pytest.raises(bucket.StorageDown) as caught:
        await away.put(7, b"a file")
    assert caught.value.status == 503
    assert "127.0.0.1" not in str(caught.value.problem())


@pytest.mark.skipif(not REAL, reason="asks a real server")
async def test_a_wrong_key_is_refused_by_name() -> None:
    with pytest.raises(bucket.StorageDown, match="refuses the key"):
        await _bucket(secret="wrong").check()


def test_the_settings_choose_the_store(tmp_path: Path) -> None:
    assert isinstance(storage.opened(configuration.Config(data=tmp_path)), storage.Disk)
    named = configuration.Config(data=tmp_path, files_url="s3://desk/files", files_region="x")
    assert isinstance(storage.opened(named), bucket.Bucket)
    with pytest.raises(storage.BadAddress, match="YIZHAN_FILES_URL"):
        storage.opened(configuration.Config(data=tmp_path, files_url="ftp://desk"))
