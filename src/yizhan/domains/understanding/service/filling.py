"""The category goes into a field of the ticket where a workspace wants that, and never over somebody's word."""

from __future__ import annotations

from yizhan.domains.fields import catalog
from yizhan.domains.fields.logic import values
from yizhan.domains.tickets import repository as rows
from yizhan.domains.tickets import service as tickets
from yizhan.domains.understanding.reading import shipped
from yizhan.domains.understanding.types import LEVELS, Settings, Signals
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx


async def fill(tx: Tx, known: Signals, *, settings: Settings) -> None:
    """Set an empty field to the category if it is sure enough. What the ticket refuses is left alone:
    its form may not have the field."""
    filling, reading = settings.filling, known.readings.get("category")
    if not filling.on or filling.field is None or reading is None or reading.sure is None:
        return
    if reading.confidence < filling.threshold:
        return
    value = await option_of(tx, filling.field, reading.sure)
    ticket = await rows.ticket(tx, known.ticket_id)
    if value is None or ticket is None or ticket.fields.get(filling.field):
        return
    cause = {
        "kind": "understood",
        "confidence": round(reading.confidence, 3),
        "model": reading.model,
    }
    try:
        async with tx.attempt():
            await tickets.update(tx, known.ticket_id, fields={filling.field: value}, cause=cause)
    except errors.YizhanError:
        return


async def option_of(tx: Tx, key: str, label: str) -> str | None:
    """The option whose path has the category's names, in whichever language they are written."""
    field = (await catalog.of(tx, "ticket")).all.get(key)
    if field is None:
        return None
    named = {_plain(name) for name in (label, *shipped.titles().get(label, {}).values())}
    above: dict[str, tuple[str, str]] = {"": ("", "")}
    for path, option in values.tree_paths(field.options):
        zh, en = above.get(path.rpartition("/")[0], ("", ""))
        own = option.name.zh or option.name.en, option.name.en or option.name.zh
        above[path] = (
            f"{zh}{LEVELS}{own[0]}" if zh else own[0],
            f"{en}{LEVELS}{own[1]}" if en else own[1],
        )
        if named & {_plain(above[path][0]), _plain(above[path][1])}:
            return path
    return None


def _plain(path: str) -> str:
    return path.casefold().replace(" ", "")
