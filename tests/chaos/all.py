"""Every scenario, in the order in which they are played."""

from __future__ import annotations

from tests.chaos import clocks, crowd, disks, kills, lines, models, outside, packets, poison, stage

MODULES = (kills, lines, packets, disks, clocks, outside, models, poison, crowd)
NAMES = tuple(stage.scenarios())
