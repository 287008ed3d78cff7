"""What of an answer a role sees. Pure: answers are kept whole and masked for each reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from yizhan.domains.panel.contract import Cell, Content
from yizhan.domains.panel.types import Mask

_END = 4
_HIDDEN = Cell("masked", "")


def may_see(role_ids: Collection[int], mine: Collection[int]) -> bool:
    """Whether somebody with these roles sees a source; without roles everybody does."""
    return not role_ids or any(role in role_ids for role in mine)


def masked(content: Content, masks: Collection[Mask], *, roles: Collection[int]) -> Content:
    """The answer for somebody with these roles."""
    mine = {str(role) for role in roles}
    hidden = {one.part: one for one in masks if not mine & set(one.role_ids)}
    if not hidden:
        return content
    return msgspec.structs.replace(
        content,
        fields=[
            msgspec.structs.replace(one, cell=_cell(one.cell, hidden.get(one.key)))
            for one in content.fields
        ],
        tables=[
            msgspec.structs.replace(
                one, rows=[_row(row, hidden, table=one.key) for row in one.rows]
            )
            for one in content.tables
        ],
    )


def _row(row: Mapping[str, Cell], hidden: Mapping[str, Mask], *, table: str) -> dict[str, Cell]:
    whole = hidden.get(table)
    return {key: _cell(cell, hidden.get(f"{table}.{key}") or whole) for key, cell in row.items()}


def _cell(cell: Cell, mask: Mask | None) -> Cell:
    if mask is None:
        return cell
    if mask.how == "ends" and len(cell.text) > 2 * _END:
        return Cell("masked", cell.text[-_END:])
    return _HIDDEN
