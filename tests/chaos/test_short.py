"""The short form of the scenarios: one seed, each part killed once under a small load, the whole checker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos import stage
from tests.chaos.kills import kill_each_once
from tests.extensions.channels.email import servers as mail_servers


@pytest.fixture
def mail() -> Iterator[mail_servers.MailServers]:
    if reason := mail_servers.missing():
        pytest.skip(reason)
    with mail_servers.MailServers.start() as started:
        yield started


@pytest.mark.slow
@pytest.mark.servers
@pytest.mark.timeout(480)  # several starts of a whole desk; minutes on a busy machine
async def test_each_part_is_killed_and_nothing_is_lost_or_doubled(
    tmp_path: Path, mail: mail_servers.MailServers
) -> None:
    report = await stage.play(kill_each_once(mail), tmp_path, seed=7, clients=3)
    assert report.faults == []
    assert report.acknowledged > 30
