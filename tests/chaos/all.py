"""Every scenario, in the order in which they are played."""

from __future__ import annotations

from tests.chaos import kills, lines, outside, stage

MODULES = (kills, lines, outside)
NAMES = tuple(stage.scenarios())
