"""What the worker does for the installation's own state."""

from __future__ import annotations

from yizhan.domains.system import recording

runners = [recording.run]
