"""Locks by key that exist only while somebody holds them or waits."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Hashable


class Turns:
    """``async with turns[key]``: one at a time for each key, in the order of arrival."""

    def __init__(self) -> None:
        self._locks: weakref.WeakValueDictionary[Hashable, asyncio.Lock] = (
            weakref.WeakValueDictionary()
        )

    def __getitem__(self, key: Hashable) -> asyncio.Lock:
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock
