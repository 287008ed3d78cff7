"""The supervisor outlasts a database that cannot start."""

from __future__ import annotations

from pathlib import Path

import pytest

from yizhan.app.supervisor import Supervisor
from yizhan.kernel import config, postgres


def test_a_database_that_cannot_start_again_is_tried_later(tmp_path: Path) -> None:
    """Nobody has to start the desk by hand when the disk has room again."""
    file = tmp_path / "no-folder"
    file.touch()
    supervisor = Supervisor(config.load(environment={}, data=str(tmp_path)))
    supervisor.cluster = postgres.Cluster(file / "data")
    with pytest.raises(OSError, match="Not a directory"):
        supervisor._look_at_database()  # of a first start we are told at once
    supervisor.announced = True
    supervisor._look_at_database()
    assert supervisor.database_due > 0
