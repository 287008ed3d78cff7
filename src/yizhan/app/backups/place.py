"""The place that a backup is restored into: empty before, whole after, or marked as neither."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from yizhan.app.backups import errors

MARK = "restore.unfinished"
_OURS = frozenset({MARK, "lost+found"})


def require_whole(data: Path) -> None:
    """Errors: :class:`.PlaceHalfRestored`."""
    if (data / MARK).exists():
        raise errors.PlaceHalfRestored


@contextlib.contextmanager
def filling(data: Path) -> Iterator[None]:
    """Marks the data directory while it is filled; empties it again when that fails.

    Errors: :class:`.PlaceNotEmpty`.
    """
    mark = data / MARK
    if mark.exists():
        clear(data)
    if data.exists() and any(entry.name not in _OURS for entry in data.iterdir()):
        message = f"{data} is not empty; restore into an empty directory (--data)."
        raise errors.PlaceNotEmpty(message)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.touch(mode=0o600)
    try:
        yield
    except BaseException:
        clear(data)
        mark.unlink(missing_ok=True)
        raise
    mark.unlink()


def clear(data: Path) -> None:
    """Removes all but the mark."""
    for entry in data.iterdir():
        if entry.name in _OURS:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink(missing_ok=True)
