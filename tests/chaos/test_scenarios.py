"""All scenarios by name: ``make chaos``, ``make chaos ONLY=disk``, ``YIZHAN_CHAOS_SEED=9 make chaos``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.chaos import stage
from tests.chaos.all import NAMES


@pytest.mark.chaos
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", NAMES)
async def test_nothing_is_lost_or_doubled(tmp_path: Path, name: str) -> None:
    chosen = stage.scenarios()[name]
    if (reason := chosen.needs()) and not os.environ.get("CI"):
        pytest.skip(reason)
    report = await stage.play(chosen, tmp_path, seed=stage.SEED)
    assert report.faults == []
