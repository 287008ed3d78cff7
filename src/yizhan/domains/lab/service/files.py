"""Cases as files: the lines that ``yizhan eval`` reads, taken in and given out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, cast

import msgspec

from yizhan.domains.knowledge.service import measuring
from yizhan.domains.lab import errors
from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.service import access, cases, hiding, skilled
from yizhan.domains.lab.types import MOST, Case, Found, Set
from yizhan.domains.understanding.training.service import labels
from yizhan.domains.understanding.training.types import Head
from yizhan.kernel.tx import Tx

Part = Literal["cases", "training", "articles"]
_LEARNED_FROM: Final = 5_000


class _Labelled(msgspec.Struct, frozen=True):
    text: str
    label: str


class _Query(msgspec.Struct, frozen=True):
    text: str
    relevant: list[str]


class _Article(msgspec.Struct, frozen=True):
    id: str
    title: str
    body: str
    questions: list[str]


class File(msgspec.Struct, frozen=True):
    """A file to give out; ``make`` may take seconds and needs no database."""

    name: str
    make: Callable[[], bytes]


async def take_in(tx: Tx, set_id: int, *, content: str) -> tuple[list[Case], int]:
    """Lines as cases. Returns what was added and how many the set had. All or nothing is read.

    Errors: SetNotFound, LinesUnreadable, CaseUnfit.
    """
    row = await access.golden_set(tx, set_id, lock=True)
    lines = content.lstrip("\ufeff").splitlines()
    read = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not read:
        raise errors.LinesUnreadable("The file has no lines.")
    if len(read) > MOST:
        raise errors.LinesUnreadable(f"The file has {len(read)} lines; a set holds {MOST} cases.")
    hider = await hiding.hider(tx)
    found = await asyncio.to_thread(
        lambda: [_line(row, line, number=number, hide=hider.hide) for number, line in read]
    )
    return await cases.take(tx, row, found, source="import")


def _line(row: Set, line: str, *, number: int, hide: Callable[[str], str]) -> Found:
    try:
        if row.kind == "skill":
            return skilled.read(row, line, hide=hide)
        if row.kind == "retrieval":
            query = msgspec.json.decode(line, type=_Query)
            text, expected = query.text, query.relevant
        else:
            labelled = msgspec.json.decode(line, type=_Labelled)
            text, expected = labelled.text, [labelled.label]
        cases.check_text(text)
    except (msgspec.DecodeError, errors.CaseUnfit) as error:
        raise errors.LinesUnreadable(f"Line {number}: {error}") from error
    return Found(text=hide(text), expected=expected)


async def give_out(tx: Tx, set_id: int, *, part: Part) -> File:
    """Cases, or what ``yizhan eval`` needs beside them. Errors: SetNotFound, CaseUnfit."""
    row = await access.golden_set(tx, set_id)
    name = f"{row.kind}-{part}.jsonl"
    if part == "cases":
        found = await sets.cases(tx, set_id, active=True, limit=MOST)
        lines = [_out(row, one) for one in reversed(found)]
        return File(name, lambda: _lines(lines))
    if row.kind == "skill":
        raise errors.CaseUnfit("Of a skill there are cases only.")
    if (part == "articles") != (row.kind == "retrieval"):
        raise errors.CaseUnfit("Articles belong to retrieval, examples to all others.")
    if part == "articles":
        brand = row.filters.brand_id
        shown = await measuring.shelf(tx, brand_id=None if brand is None else int(brand))
        return File(name, lambda: _lines(_merged(shown)))
    examples = (await labels.gather(tx, cast("Head", row.kind)))[-_LEARNED_FROM:]
    hider = await hiding.hider(tx)
    return File(
        name,
        lambda: _lines([_Labelled(hider.hide(one.text), one.label) for one in examples]),
    )


def _out(row: Set, one: Case) -> _Labelled | _Query | dict[str, Any]:
    if row.kind == "skill":
        return skilled.out(one)
    if row.kind == "retrieval":
        return _Query(one.text, one.expected)
    return _Labelled(one.text, one.expected[0])


def _merged(shown: Sequence[measuring.Shown]) -> list[_Article]:
    """One line an article: its languages together, as a case names articles."""
    found: dict[int, _Article] = {}
    for one in shown:
        old = found.get(one.article_id)
        if old is None:
            found[one.article_id] = _Article(
                str(one.article_id), one.title, one.body, list(one.questions)
            )
        else:
            found[one.article_id] = _Article(
                old.id,
                old.title,
                f"{old.body}\n{one.title}\n{one.body}",
                [*old.questions, *one.questions],
            )
    return list(found.values())


def _lines(rows: Sequence[Any]) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
