"""HTTP of the search: tickets and whatever other domains let be found."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from yizhan.domains.identity import permissions
from yizhan.kernel import finding, pagination, query
from yizhan.kernel.tx import Tx


class KindOut(msgspec.Struct):
    """A kind of thing that can be found."""

    kind: str
    title: dict[str, str]


class SearchHits(msgspec.Struct):
    """What was found, kind after kind. ``next_cursor`` only where one kind was asked for.

    ``problems`` say what was not understood, ``corrected`` which words were taken for others.
    """

    items: list[finding.Hit]
    next_cursor: str | None
    problems: list[query.Misread]
    corrected: list[finding.Correction]
    kinds: list[KindOut]


@get("/search", summary="Search", tags=["search"])
async def search_all(
    tx: Tx,
    q: Annotated[str, Parameter(max_length=2000)],
    types: Annotated[str | None, Parameter(max_length=200)] = None,
    limit: int = 20,
    cursor: str | None = None,
) -> SearchHits:
    """Words, Chinese or English, ``"phrases"``, numbers, addresses and operators: ``from: to: company:
    tag: status: priority: assignee: team: channel: before: after: has:file is:unread``; ``-`` leaves out.

    ``types`` are kinds, separated by commas; all of them when absent.
    """
    permissions.require(tx.actor, "search:use")
    wanted = query.parse(q)
    kinds = finding.finders(None if types is None else types.split(","))
    size = pagination.limit_of(limit)
    only = len(kinds) == 1
    found = [await finder.run(tx, wanted, size, cursor if only else None) for finder in kinds]
    return SearchHits(
        [hit for one in found for hit in one.items],
        found[0].next_cursor if only else None,
        list({(p.term, p.code): p for one in found for p in one.problems}.values()),
        list({c.word: c for one in found for c in one.corrected}.values()),
        [KindOut(finder.kind, finder.title) for finder in finding.finders()],
    )


routes = [search_all]
