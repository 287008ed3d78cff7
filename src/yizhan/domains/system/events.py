"""What people do to the installation itself."""

from __future__ import annotations

from yizhan.kernel import events


class SupportBundleMade(events.Event, frozen=True, tag="system.support_bundle_made"):
    """Somebody downloaded a support bundle."""

    bytes: int
    files: int


class HeldDecided(events.Event, frozen=True, tag="system.held_decided"):
    """Somebody decided what becomes of what is held since a restore: ``send`` or ``discard``."""

    decision: str
    waiting: dict[str, int]


class ObjectiveChanged(events.Event, frozen=True, tag="system.objective_changed"):
    """What the installation promises itself changed."""

    measure: str
    changes: dict[str, list[float]]
