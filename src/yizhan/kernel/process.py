"""Processes that do not outlive their parent, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PARENT = "YIZHAN_PARENT"  # the number of the process that started us
_PR_SET_PDEATHSIG = 1


def die_with_parent(*, parent: int | None = None) -> None:
    """Get SIGTERM when the parent is gone. Call it early, in the main thread of the child.

    Without a number it does nothing unless the parent left its own in ``YIZHAN_PARENT``.
    """
    if parent is None:
        given = os.environ.pop(PARENT, "")
        if not given.isdigit():
            return
        parent = int(given)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
