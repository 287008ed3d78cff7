"""What is other in a version than in the one before it. Pure."""

from __future__ import annotations

from typing import Literal

import msgspec

from yizhan.domains.fields.layouts.types import Content
from yizhan.domains.fields.types import FieldNames

What = Literal[
    "made", "named", "types", "channels", "roles", "added", "removed", "moved", "folded",
    "unfolded", "group_added", "group_removed", "group_renamed",
]  # fmt: skip


class LayoutDifference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is other: of an item, or of the group with this title."""

    what: What
    item: str = ""
    group: FieldNames | None = None


def between(old: Content | None, new: Content) -> list[LayoutDifference]:
    """In the order in which people think of it: for whom, then which groups, then what is in them."""
    if old is None:
        return [LayoutDifference("made")]
    whom: tuple[tuple[What, bool], ...] = (
        ("named", old.name != new.name),
        ("types", set(old.types) != set(new.types)),
        ("channels", set(old.channels) != set(new.channels)),
        ("roles", set(old.role_ids) != set(new.role_ids)),
    )
    found = [LayoutDifference(what) for what, is_other in whom if is_other]
    return [*found, *_groups(old, new), *_items(old, new)]


def _groups(old: Content, new: Content) -> list[LayoutDifference]:
    """Groups have no identity: those in the same place are the same, the rest came or went."""
    found = []
    for before, after in zip(old.groups, new.groups, strict=False):
        if before.title != after.title:
            found.append(LayoutDifference("group_renamed", group=after.title))
        if before.folded != after.folded:
            what: What = "folded" if after.folded else "unfolded"
            found.append(LayoutDifference(what, group=after.title))
    shared = min(len(old.groups), len(new.groups))
    found += [LayoutDifference("group_added", group=one.title) for one in new.groups[shared:]]
    found += [LayoutDifference("group_removed", group=one.title) for one in old.groups[shared:]]
    return found


def _items(old: Content, new: Content) -> list[LayoutDifference]:
    before, after = _placed(old), _placed(new)
    found = [LayoutDifference("added", item=one) for one in after if one not in before]
    found += [LayoutDifference("removed", item=one) for one in before if one not in after]
    return [*found, *(LayoutDifference("moved", item=one) for one in _moved(old, new))]


def _placed(content: Content) -> dict[str, int]:
    return {item: place for place, group in enumerate(content.groups) for item in group.items}


def _moved(old: Content, new: Content) -> list[str]:
    """Items in another group, and those that changed places with others of their group."""
    before, after = _placed(old), _placed(new)
    both = before.keys() & after.keys()
    found = [item for item in after if item in both and before[item] != after[item]]
    for group in new.groups:
        stayed = [one for one in group.items if one in both and one not in found]
        was = [one for one in before if one in set(stayed)]
        found += _out_of_order(was, stayed)
    return found


def _out_of_order(old: list[str], new: list[str]) -> list[str]:
    """The fewest items that explain another order: all but the longest run that kept its own."""
    place = {item: n for n, item in enumerate(old)}
    runs: list[list[str]] = []
    for item in new:
        fitting = [run for run in runs if place[run[-1]] < place[item]]
        runs.append([*_longest(fitting), item])
    kept = set(_longest(runs))
    return [item for item in new if item not in kept]


def _longest(runs: list[list[str]]) -> list[str]:
    return max(runs, key=len) if runs else []
