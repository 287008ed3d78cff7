"""What all changes have in common: partial input, references, the differences for the event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import errors
from yizhan.domains.identity.repository import organisation, people
from yizhan.kernel.tx import Tx

T = TypeVar("T", bound=msgspec.Struct)


def given(change: msgspec.Struct, *names: str) -> dict[str, Any]:
    """The fields that a partial change names, ids as numbers, names without outer blanks."""
    found = {}
    for name in names:
        value = getattr(change, name)
        if value is UNSET:
            continue
        if name.endswith("_id") and value is not None:
            value = int(value)
        elif name == "name":
            value = value.strip()
        elif isinstance(value, msgspec.Struct):
            value = msgspec.to_builtins(value)
        found[name] = value
    return found


def numbers(ids: Collection[str]) -> list[int]:
    """Ids from the wire, each once, in order."""
    return sorted({int(text) for text in ids})


def replaced(old: T, values: Mapping[str, Any]) -> T:
    return msgspec.structs.replace(old, **values)


def differences(old: Any, new: Any, *names: str) -> dict[str, list[Any]]:
    """Old and new values of the fields that differ; with ``old`` None all are new."""
    pairs = {name: [getattr(old, name, None), getattr(new, name)] for name in names}
    return {name: pair for name, pair in pairs.items() if old is None or pair[0] != pair[1]}


def said(changes: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Changes as the log keeps them: structs as plain values."""
    kept: dict[str, list[Any]] = msgspec.to_builtins(changes)
    return kept


async def check_file(tx: Tx, file_id: int | None) -> None:
    if file_id is not None and not await organisation.file_exists(tx, file_id):
        raise errors.UnknownReference("There is no such file.")


async def check_unit(tx: Tx, unit_id: int | None) -> None:
    if unit_id is not None and await organisation.unit(tx, unit_id) is None:
        raise errors.UnknownReference("There is no such unit.")


async def check_teams(tx: Tx, team_ids: list[int]) -> None:
    if team_ids and len(await organisation.existing_teams(tx, team_ids)) != len(team_ids):
        raise errors.UnknownReference("There is no such team.")


async def check_agents(tx: Tx, agent_ids: list[int]) -> None:
    if agent_ids and len(await people.existing_agents(tx, agent_ids)) != len(agent_ids):
        raise errors.UnknownReference("There is no such active agent.")
