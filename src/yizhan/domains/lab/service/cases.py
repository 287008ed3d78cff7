"""Cases: added by hand, from a ticket or from a file, corrected, retired."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET

from yizhan.domains.knowledge.service import measuring
from yizhan.domains.lab import errors, events, likeness, schemas
from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.service import access, hiding, tickets
from yizhan.domains.lab.types import LONGEST, MOST, Case, Found, Set, Source
from yizhan.domains.understanding.service import showing
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx
from yizhan.learning import language

_LABEL: Final = 300
_ARTICLES: Final = 10


async def listed(
    tx: Tx, set_id: int, *, active: bool | None, q: str, limit: int | None, cursor: str | None
) -> pagination.Page[Case]:
    """The newest first. Errors: SetNotFound."""
    await access.golden_set(tx, set_id)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await sets.cases(
        tx, set_id, active=active, q=q.strip(), before=key[0] if key else None, limit=size + 1
    )
    return pagination.page(rows, size, lambda row: (row.id,))


async def add(tx: Tx, set_id: int, *, data: schemas.GoldenCaseIn) -> Case:
    """By hand, or what a ticket says. Errors: SetNotFound, TicketNotFound, CaseUnfit, CaseAlike, SetFull."""
    row = await access.golden_set(tx, set_id, lock=True)
    if row.kind == "skill":
        raise errors.CaseUnfit("Cases of a skill come with it, or from a file.")
    if (data.text is None) == (data.ticket_number is None):
        raise errors.CaseUnfit("Give a text or the number of a ticket.")
    if data.ticket_number is not None:
        found = await tickets.one(tx, row, number=data.ticket_number, expected=data.expected)
    else:
        words = await asyncio.to_thread((await hiding.hider(tx)).hide, data.text or "")
        found = Found(text=words, expected=data.expected)
    kept, alike = await take(
        tx, row, [found], source="hand" if data.ticket_number is None else "ticket"
    )
    if alike:
        raise errors.CaseAlike
    if not kept:
        raise errors.SetFull
    return kept[0]


async def take(
    tx: Tx, row: Set, found: Sequence[Found], *, source: Source
) -> tuple[list[Case], int]:
    """Add what the set does not have, as long as there is room. Returns that and how many were alike.

    The caller holds the set. Errors: CaseUnfit.
    """
    expected = await check_all(tx, row, [one.expected for one in found])
    room = MOST - (await sets.counts(tx)).get(row.id, (0, 0))[0]
    if row.kind == "skill":  # "thanks" to two states of a ticket are two cases
        fresh, alike = _other(await sets.inputs(tx, row.id), found, room=room)
    else:
        texts = await sets.texts(tx, row.id)
        fresh, alike = await asyncio.to_thread(_unlike, texts, found, room=room)
    rows = [
        Case(
            id=tx.new_id(),
            set_id=row.id,
            text=found[at].text,
            expected=expected[at],
            source=source,
            ticket_id=found[at].ticket_id,
            message_id=found[at].message_id,
            language=language.detect(found[at].text),
            active=True,
            since=tx.now,
            added_by=tx.actor.stamp(),
            created_at=tx.now,
            updated_at=tx.now,
            input=found[at].input,
        )
        for at in fresh
    ]
    if rows:
        await sets.add_cases(tx, rows)
        tx.emit(events.GoldenCasesAdded(golden_set_id=row.id, count=len(rows), source=source))
    return rows, alike


def _unlike(texts: Sequence[str], found: Sequence[Found], *, room: int) -> tuple[list[int], int]:
    known = likeness.Known(texts)
    fresh: list[int] = []
    alike = 0
    for at, one in enumerate(found):
        if len(fresh) >= room:
            break
        if known.add(one.text):
            fresh.append(at)
        else:
            alike += 1
    return fresh, alike


def _other(
    known: Sequence[dict[str, Any]], found: Sequence[Found], *, room: int
) -> tuple[list[int], int]:
    seen = {msgspec.json.encode(one, order="sorted") for one in known}
    fresh: list[int] = []
    for at, one in enumerate(found):
        key = msgspec.json.encode(one.input, order="sorted")
        if key not in seen and len(fresh) < room:
            seen.add(key)
            fresh.append(at)
    return fresh, len(found) - len(fresh)


async def change(tx: Tx, case_id: int, *, data: schemas.GoldenCaseChange) -> Case:
    """Correct or retire a case. Errors: CaseNotFound, CaseUnfit."""
    access.require(tx)
    old = await sets.case(tx, case_id)
    row = None if old is None else await sets.get(tx, old.set_id)
    if old is None or row is None:
        raise errors.CaseNotFound
    if row.kind == "skill" and (data.text, data.expected) != (UNSET, UNSET):
        raise errors.CaseUnfit("A case of a skill can be retired; correct it in its file.")
    values: dict[str, Any] = {}
    if data.text is not UNSET:
        values["text"] = await asyncio.to_thread((await hiding.hider(tx)).hide, data.text)
        check_text(values["text"])
        values["language"] = language.detect(values["text"])
    if data.expected is not UNSET:
        values["expected"] = (await check_all(tx, row, [data.expected]))[0]
    if data.active is not UNSET:
        values["active"] = data.active
        if data.active and not old.active:
            values["since"] = tx.now  # what was trained meanwhile may know it
    values = {name: value for name, value in values.items() if value != getattr(old, name)}
    if not values:
        return old
    await sets.change_case(tx, case_id, **values)
    changes: events.Changes = {
        name: [True, True] if name == "text" else [getattr(old, name), values[name]]
        for name in ("text", "expected", "active")
        if name in values
    }
    tx.emit(events.GoldenCaseChanged(golden_set_id=row.id, case_id=case_id, changes=changes))
    return msgspec.structs.replace(old, **values, updated_at=tx.now)


# ------------------------------------------------------------------------------------- what is right


def check_text(text: str) -> None:
    """Errors: CaseUnfit."""
    if not text.strip() or len(text) > LONGEST:
        raise errors.CaseUnfit(f"A case has between 1 and {LONGEST} characters.")


async def check_all(tx: Tx, row: Set, wanted: Sequence[Sequence[str]]) -> list[list[str]]:
    """What is right for cases, as it is kept. Errors: CaseUnfit."""
    if row.kind == "retrieval":
        return await _articles(tx, wanted)
    if row.kind == "skill":
        return [list(one) for one in wanted]
    fixed = showing.is_fixed(row.kind)
    found = []
    for one in wanted:
        labels = [label.strip() for label in one]
        if len(labels) != 1 or not labels[0] or len(labels[0]) > _LABEL:
            raise errors.CaseUnfit("Give one label.")
        if fixed is not None and labels[0] not in fixed:
            raise errors.CaseUnfit(f"The label is one of: {', '.join(fixed)}.")
        if any(ord(letter) < 32 for letter in labels[0]):
            raise errors.CaseUnfit("A label is one line.")
        found.append(labels)
    return found


async def _articles(tx: Tx, wanted: Sequence[Sequence[str]]) -> list[list[str]]:
    for one in wanted:
        if not 1 <= len(one) <= _ARTICLES or not all(_is_id(name) for name in one):
            raise errors.CaseUnfit("Name the articles that answer it by their ids, at most ten.")
    ids = sorted({int(name) for one in wanted for name in one})
    known = await measuring.published(tx, ids)
    missing = [str(one) for one in ids if one not in known]
    if missing:
        raise errors.CaseUnfit(f"No article is published with the id {missing[0]}.")
    return [list(dict.fromkeys(one)) for one in wanted]


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) < 20
