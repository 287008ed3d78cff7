"""From page to page, as long as there are any."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """Whatever has items and a cursor."""

    @property
    def items(self) -> Sequence[T_co]: ...

    @property
    def next_cursor(self) -> str | None: ...


async def walk(
    ask: Callable[[str | None], Awaitable[Page[T]]], begin: str | None = None
) -> AsyncIterator[T]:
    """Every item of every page."""
    cursor = begin
    while True:
        page = await ask(cursor)
        for item in page.items:
            yield item
        # The log's cursor never ends: an empty page does.
        if not page.items or page.next_cursor is None:
            return
        cursor = page.next_cursor


def walk_sync(ask: Callable[[str | None], Page[T]], begin: str | None = None) -> Iterator[T]:
    """The same without ``await``."""
    cursor = begin
    while True:
        page = ask(cursor)
        yield from page.items
        if not page.items or page.next_cursor is None:
            return
        cursor = page.next_cursor
