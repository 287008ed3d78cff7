"""Scenarios: the line between the desk and its database, or its mail server, goes bad."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.chaos import sinks, town
from tests.chaos.clients import PATIENCE
from tests.chaos.proxy import Line, through
from tests.chaos.stage import SEED, Stage, scenario
from tests.chaos.town import Town
from tests.support import served as serving
from yizhan.kernel import postgres


@contextlib.asynccontextmanager
async def behind_line(folder: Path) -> AsyncIterator[Town]:
    """A desk that reaches its database only through a bad line."""
    data = folder / "data"
    async with postgres.Cluster(data) as cluster:
        info = json.loads((data / "postgres.json").read_text())
        with through(Line(target=info["socket"], seed=SEED)) as line:
            password = urlsplit(cluster.dsn).password
            dsn = f"postgresql://yizhan:{password}@127.0.0.1:{line.port}/yizhan"
            async with town.opened(folder, environment={"YIZHAN_DATABASE_URL": dsn}) as opened:
                opened.line = line
                try:
                    yield opened
                finally:
                    line.resets = 0.0
                    line.be("good")


@contextlib.asynccontextmanager
async def behind_mail_line(folder: Path) -> AsyncIterator[Town]:
    """A desk that reaches its mail server only through a bad line."""
    letters, told = sinks.Letters(), sinks.Told()
    port = serving.free_port()
    with (
        sinks.mail_server(letters, port),
        through(Line(target=f"127.0.0.1:{port}", seed=SEED)) as line,
        serving.served(folder) as desk,
    ):
        opened = await town.settle_in(
            desk, letters, told, smtp_port=line.port, mail=None, hook_url=""
        )
        opened.line = line
        yield opened
        line.be("good")


def _line(stage: Stage) -> Line:
    assert stage.town.line is not None
    return stage.town.line


@scenario("database-line-resets", within=60, opened=behind_line)
async def database_line_resets(stage: Stage) -> None:
    """One piece in a hundred ends its connection."""
    line = _line(stage)
    line.resets = 0.01
    await stage.work(150, seconds=180)
    line.resets = 0.0
    stage.notes["reset"] = line.broken
    await stage.recover()
    await stage.work(20)


@scenario("database-line-cut", within=60, opened=behind_line)
async def database_line_cut(stage: Stage) -> None:
    """Every connection is cut and none can be made for five seconds, three times."""
    line = _line(stage)
    for _ in range(3):
        await stage.work(stage.rng.randrange(5, 30))
        line.be("cut")
        await asyncio.sleep(5)
        line.be("good")
        await stage.recover()
    await stage.work(10)


@scenario("database-line-half-open", within=90, opened=behind_line)
async def database_line_half_open(stage: Stage) -> None:
    """Nothing arrives any more and nobody says so; old connections stay dead, new ones work again."""
    line = _line(stage)
    for seconds in (8, 40):
        await stage.work(stage.rng.randrange(5, 30))
        line.be("dead")
        await asyncio.sleep(seconds)
        line.be("good")
        await stage.recover(seconds=120)
        await stage.work(10, seconds=120)
    stage.notes["slowest"] = round(stage.load.slowest, 1)
    stage.expect(f"answers within {PATIENCE:g} s", holds=stage.load.slowest < PATIENCE)


@scenario("database-line-slow", within=60, opened=behind_line)
async def database_line_slow(stage: Stage) -> None:
    """Each piece takes 0.2 s more: slow answers, but answers."""
    line = _line(stage)
    await stage.work(10)
    line.be("slow")
    await stage.work(15, seconds=240)
    line.be("good")
    await stage.recover()
    await stage.work(10)


@scenario("mail-line-bad", within=60, opened=behind_mail_line, quiet=420)
async def mail_line_bad(stage: Stage) -> None:
    """The way to the mail server is cut, then half open, then resets at random."""
    line = _line(stage)
    await stage.work(20)
    line.be("cut")
    await stage.met("connections cut", lambda: line.broken)
    line.be("dead")
    await stage.met("connections that fell silent", lambda: line.silent)
    line.be("good")
    line.resets = 0.05
    await stage.met("connections reset", lambda: line.broken)
    line.resets = 0.0
