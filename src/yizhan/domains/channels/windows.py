"""Reply windows: whether a channel lets us answer now. Pure; the rules are data of the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from yizhan.domains.channels.contract import Window
from yizhan.domains.channels.types import WindowState


def state(
    windows: Sequence[Window],
    *,
    last_inbound_at: datetime | None,
    sent_since: int,
    now: datetime,
) -> WindowState:
    """The widest of the windows. ``sent_since``: our messages since the customer's last one."""
    if not windows:
        return WindowState()
    found = [
        _one(window, last_inbound_at=last_inbound_at, sent_since=sent_since, now=now)
        for window in windows
    ]
    return max(
        found, key=lambda s: (s.open, s.closes_at or datetime.min.replace(tzinfo=now.tzinfo))
    )


def _one(
    window: Window, *, last_inbound_at: datetime | None, sent_since: int, now: datetime
) -> WindowState:
    if last_inbound_at is None:
        return WindowState(open=False, after=window.after)
    closes_at = last_inbound_at + timedelta(seconds=window.seconds)
    left = None if window.max_messages is None else max(0, window.max_messages - sent_since)
    is_open = now < closes_at and left != 0
    return WindowState(
        open=is_open,
        closes_at=closes_at,
        remaining=left,
        after="" if is_open else window.after,
    )
