"""A populated installation of a release, kept for the tests of upgrades.

``python -m tools.release_fixture NAME COMMIT`` runs the code of a commit with its demo data until its
background work is done, backs it up and writes ``tests/upgrade/NAME.tar.xz``. The line in
``tests/upgrade/releases.toml`` is added by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import asyncpg

from tests.support.served import free_port
from tests.upgrade import old

PATIENCE = 300.0  # seconds


def main() -> int:
    """Makes one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("name")
    parser.add_argument("commit")
    args = parser.parse_args()
    target = old.Release(args.name, args.commit).fixture
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sources = old.code(args.commit, folder / "code")
        if sources is None:
            sys.exit(f"{args.commit} is not in the history")
        _populate(sources, folder)
        backup = old.yizhan("backup", folder / "backup", "--data", folder / "data", "--json")
        subprocess.run(backup, check=True)
        with tarfile.open(target, "w:xz", preset=9) as packed:
            packed.add(folder / "backup", arcname="backup", filter=_plain)
    print(f"{target}: {target.stat().st_size // 1024} KB")
    return 0


def _populate(sources: Path, folder: Path) -> None:
    environment = old.environment(sources)
    subprocess.run(
        old.yizhan("demo", "--data", folder / "data", "--json"),
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    command = old.yizhan("serve", "--json", "--data", folder / "data", "--port", free_port())
    with old.running(command, env=environment, log=folder / "serve.log") as process:
        assert process.stdout  # noqa: S101 -- it was asked for
        if not process.stdout.readline():
            sys.exit((folder / "serve.log").read_text()[-3000:])
        asyncio.run(_quiet(folder / "data"))


async def _quiet(data: Path) -> None:
    """Waits until no job is due."""
    deadline = time.monotonic() + PATIENCE
    connection = await asyncpg.connect(json.loads((data / "postgres.json").read_text())["dsn"])
    try:
        calm = 0
        while calm < 10 and time.monotonic() < deadline:
            due = await connection.fetchval(
                "SELECT count(*) FROM pgqueuer WHERE status = 'picked'"
                " OR (status = 'queued' AND execute_after <= now())"
            )
            calm = 0 if due else calm + 1
            await asyncio.sleep(0.5)
    finally:
        await connection.close()


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    sys.exit(main())
