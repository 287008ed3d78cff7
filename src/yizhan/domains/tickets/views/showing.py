"""Views and fields as a reader gets them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import filters, listing, orders, repository
from yizhan.domains.tickets.filters import words
from yizhan.domains.tickets.schemas import Person
from yizhan.domains.tickets.views import builtin, counting, schemas, service
from yizhan.domains.tickets.views import repository as kept
from yizhan.domains.tickets.views.counting import Count
from yizhan.domains.tickets.views.types import COLUMNS, DEFAULT_COLUMNS, View
from yizhan.kernel.tx import Tx

_NOTHING = Count(0)


async def views(tx: Tx, *, with_hidden: bool = False) -> list[schemas.ViewOut]:
    """All views of a reader with their counts, in the reader's order."""
    workspace, mine = await kept.places(tx)
    saved = await kept.visible(tx)
    shown = [one for one in builtin.VIEWS if with_hidden or one not in workspace.hidden]
    counts = await counting.counts(tx, saved, builtins=shown)
    found = [
        *[_builtin(one, counts, hidden=one in workspace.hidden) for one in shown],
        *await _saved(tx, saved, counts),
        *await _teams(tx, counts),
    ]
    place = {view_id: n for n, view_id in enumerate(mine.ids or workspace.ids)}
    return sorted(found, key=lambda view: place.get(view.id, len(place)))


async def counts(tx: Tx) -> dict[str, Count]:
    """Only the counts, for the live stream."""
    workspace, _ = await kept.places(tx)
    saved = await kept.visible(tx)
    shown = [one for one in builtin.VIEWS if one not in workspace.hidden]
    return await counting.counts(tx, saved, builtins=shown, kept=False)


async def one(tx: Tx, view: View) -> schemas.ViewOut:
    """A saved view with its count."""
    counts = await counting.counts(tx, [view], builtins=())
    return (await _saved(tx, [view], counts))[0]


def _builtin(view_id: str, counts: dict[str, Count], *, hidden: bool) -> schemas.ViewOut:
    view = builtin.VIEWS[view_id]
    count = counts.get(view_id, _NOTHING)
    return schemas.ViewOut(
        id=view_id,
        name=view.name,
        icon=view.icon,
        group="views",
        count=count.count,
        count_capped=count.capped,
        condition=view.condition,
        columns=list(DEFAULT_COLUMNS),
        sort="updated",
        group_by=None,
        owner=None,
        sharing=None,
        editable=False,
        hidden=hidden,
        version=1,
    )


async def _saved(tx: Tx, saved: Sequence[View], counts: dict[str, Count]) -> list[schemas.ViewOut]:
    names = await kept.people(tx, [v.owner_id for v in saved if v.owner_id]) if saved else {}
    return [_one(tx, view, counts.get(str(view.id), _NOTHING), names) for view in saved]


def _one(tx: Tx, view: View, count: Count, names: dict[int, str]) -> schemas.ViewOut:
    owner = None
    if view.owner_id is not None:
        owner = Person(str(view.owner_id), names.get(view.owner_id, ""))
    return schemas.ViewOut(
        id=str(view.id),
        name={"zh": view.name, "en": view.name},
        icon=view.icon,
        group="own" if view.is_of(tx.actor) else "shared",
        count=count.count,
        count_capped=count.capped,
        condition=view.condition,
        columns=view.columns or list(DEFAULT_COLUMNS),
        sort=view.sort,
        group_by=view.group_by,
        owner=owner,
        sharing=schemas.Sharing(
            all=view.shared_all,
            teams=[str(one) for one in view.shared_teams],
            agents=[str(one) for one in view.shared_agents],
        ),
        editable=service.may_change(tx, view),
        hidden=False,
        version=view.version,
    )


async def _teams(tx: Tx, counts: dict[str, Count]) -> list[schemas.ViewOut]:
    rows = await tx.db.fetch(
        "SELECT t.id, t.name FROM team t WHERE t.workspace_id = $1 AND t.active ORDER BY t.name",
        tx.workspace_id,
    )
    found = []
    for team in rows:
        key = f"team:{team['id']}"
        if team["id"] in tx.actor.teams or key in counts:
            view = _builtin("all", {}, hidden=False)
            found.append(
                msgspec.structs.replace(
                    view,
                    id=key,
                    name={"zh": team["name"], "en": team["name"]},
                    icon="team",
                    group="teams",
                    count=counts.get(key, _NOTHING).count,
                    condition=builtin.team(team["id"]),
                )
            )
    return found


async def preview(tx: Tx, data: schemas.PreviewIn) -> schemas.Preview:
    """What a condition finds now."""
    permissions.require(tx.actor, "ticket:read")
    wanted = listing.Filter(
        condition=await service.checked(tx, data.condition), sort=data.sort, limit=data.limit or 1
    )
    count, capped = await listing.number(tx, wanted, most=counting.MOST)
    page = await listing.page(tx, wanted)
    return schemas.Preview(count, capped, page.items[: data.limit])


async def fields(tx: Tx) -> schemas.FieldsOut:
    """What conditions can ask about, and how lists can be ordered."""
    permissions.require(tx.actor, "ticket:read")
    known = await filters.known(tx)
    statuses = [schemas.Choice(status.id, status.name) for status in await repository.statuses(tx)]
    return schemas.FieldsOut(
        [_field(field, statuses) for field in known.values()],
        [
            schemas.SortOut(name, order.title, order.descending)
            for name, order in orders.ORDERS.items()
        ],
        list(COLUMNS),
        list(orders.GROUPS),
    )


def _field(field: filters.Field, statuses: list[schemas.Choice]) -> schemas.FieldOut:
    choices: list[Any] = [
        schemas.Choice(value, field.called.get(value) or words.choice(field.name, value))
        for value in field.choices
    ]
    return schemas.FieldOut(
        name=field.name,
        kind=field.kind,
        title=field.title,
        group=field.group,
        of=field.of,
        choices=statuses if field.of == "status" else choices,
        operators=[
            schemas.OperatorOut(name, words.operator(name, field.kind), op.takes)
            for name, op in filters.OPS[field.kind].items()
        ],
    )
