"""What agents are shown by layouts, who they are, and what versions changed."""

from __future__ import annotations

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.fields.layouts import choosing, differences, repository, schemas, service
from yizhan.domains.fields.layouts.choosing import Held
from yizhan.domains.fields.layouts.types import FIELD, Content, Layout, LayoutGroup, Place, Version
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import stamped
from yizhan.kernel.tx import Tx

_MOST_PEOPLE = 200
NEW_ID = 0  # stands for a layout that is not saved yet


async def shown(tx: Tx, place: Place) -> schemas.ShownLayouts:
    """The layouts that are for the actor, the winners first, without what they may not see.

    A draft that they try comes first, in place of its published version.
    """
    permissions.require_staff(tx.actor)
    every = [one for one in await repository.layouts(tx) if one.place == place]
    if not every:
        return schemas.ShownLayouts([])
    tried = await repository.tried(tx, tx.actor.agent_id)
    held = [Held(one, said) for one in every if (said := _said(one, tried)) is not None]
    fields = await catalog.of(tx, "ticket")
    visible = {one.key for one in fields.visible(tx.actor)}
    return schemas.ShownLayouts(
        [
            schemas.ShownLayout(
                id=str(one.layout.id),
                name=one.content.name,
                types=list(one.content.types),
                channels=list(one.content.channels),
                groups=_groups(one.content, visible),
                draft=one.layout.id == tried,
            )
            for one in sorted(held, key=lambda one: (one.layout.id != tried, choosing.rank(one)))
            if one.layout.id == tried or _is_for(tx, one.content)
        ]
    )


def _said(layout: Layout, tried: int | None) -> Content | None:
    return layout.draft if layout.id == tried else layout.live


def _is_for(tx: Tx, content: Content) -> bool:
    return not content.role_ids or not tx.actor.roles.isdisjoint(content.role_ids)


def _groups(content: Content, visible: set[str]) -> list[LayoutGroup]:
    """Without fields that are gone or not for this reader, and without what is empty then."""
    groups = [
        msgspec.structs.replace(
            group,
            items=[
                one
                for one in group.items
                if not one.startswith(FIELD) or one.removeprefix(FIELD) in visible
            ],
        )
        for group in content.groups
    ]
    return [group for group in groups if group.items]


async def listed(tx: Tx) -> schemas.LayoutsOut:
    """All layouts, in the order in which they win by what they say now."""
    found = sorted((Held(one, one.draft) for one in await service.listed(tx)), key=choosing.rank)
    tried = await repository.tried(tx, tx.actor.agent_id)
    return schemas.LayoutsOut(
        items=[schemas.layout_out(one.layout) for one in found],
        trying=None if tried is None else str(tried),
    )


async def reach(
    tx: Tx, place: Place, content: Content, *, layout_id: int | None
) -> schemas.LayoutReach:
    """Who would see a layout if it were published as it is. Errors: Forbidden, LayoutNotFound."""
    every = await service.listed(tx)
    if layout_id is not None:
        place = (await service.get(tx, layout_id)).place
    last = max((one.position for one in every), default=0) + 1
    known = {one.id: one for one in every}
    mine = known.get(layout_id or NEW_ID) or Layout(
        id=NEW_ID,
        place=place,
        position=last,
        active=True,
        version=1,
        published=None,
        draft=content,
        live=None,
        updated_at=tx.now,
    )
    asked = Held(mine, content)
    others = [
        Held(one, one.live)
        for one in every
        if one.place == place and one.id != mine.id and one.live is not None
    ]
    people = await repository.people(tx)
    reached, beaten = choosing.reach([*others, asked], asked, people=people)
    return schemas.LayoutReach(
        [
            schemas.ReachedPerson(str(one.person.id), one.person.name, one.when)
            for one in reached[:_MOST_PEOPLE]
        ],
        len(reached),
        [
            schemas.BeatenBy(str(one.layout.id), (one.layout.live or content).name, one.people)
            for one in beaten
        ],
    )


async def versions(tx: Tx, layout_id: int) -> schemas.LayoutVersionsOut:
    """Newest first, each with what is other than before. Errors: Forbidden, LayoutNotFound."""
    await service.get(tx, layout_id)
    found = await repository.versions(tx, layout_id)
    before: list[Version | None] = [*found[1:], None]
    return schemas.LayoutVersionsOut(
        [_version(one, old) for one, old in zip(found, before, strict=True)][:200]
    )


def _version(one: Version, old: Version | None) -> schemas.LayoutVersionOut:
    return schemas.LayoutVersionOut(
        version=one.version,
        at=one.at,
        actor=stamped(one.actor),
        published_at=one.published_at,
        restored_from=one.restored_from,
        differences=differences.between(old.content if old else None, one.content),
        name=one.content.name,
        groups=list(one.content.groups),
    )
