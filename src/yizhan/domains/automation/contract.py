"""What an action is made of: one thing that can be done to a ticket, and taken back.

An action is one folder below ``yizhan/extensions/actions`` (or one installed package with the entry
point group ``yizhan.actions``)::

    manifest.toml      its name, icon, what it needs and whether it can be undone (:class:`Manifest`)
    action.py          ``Params`` (a frozen msgspec struct) and the functions of :class:`Action`
    strings.zh.toml    strings.en.toml: labels of the parameters

The same folder serves macros, bulk work, rules and escalations. The host checks the permission, keeps
what ``run`` returns, writes the event and offers the undo. An action changes tickets only through the
services of the domains, and never talks to a network: what must be sent is a job.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx

Undo = Literal["yes", "until_sent", "no"]
Data = dict[str, Any]


class NothingToDo(errors.Conflict):
    """The ticket is already like that."""


class CannotBeUndone(errors.Conflict):
    """What was done has left the desk and cannot be taken back."""


class ParamsInvalid(errors.Invalid):
    """The parameters of an action are not valid."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The action's ``manifest.toml``."""

    id: str
    name: dict[str, str]  # language -> name
    description: dict[str, str]
    icon: str
    version: str
    permission: str  # what whoever runs it needs on the ticket
    undo: Undo = "yes"
    set_up: str = ""  # a further permission to put it into a macro or a bulk run


class Why(msgspec.Struct, frozen=True):
    """On whose word an action runs: a macro, a bulk run, an escalation."""

    kind: str
    id: str = ""
    run_id: int = 0
    name: str = ""

    def cause(self) -> dict[str, Any]:
        """As the events of the ticket keep it."""
        found = {"kind": self.kind, "id": self.id, "run_id": str(self.run_id), "name": self.name}
        return {key: value for key, value in found.items() if value}


class Action(Protocol):
    """The functions of an action's ``action.py``.

    ``run`` returns what ``undo`` needs, as JSON can hold it, or None when there was nothing to do. Run
    twice it does nothing the second time, unless its very nature is to repeat (a note, an answer).
    ``undo`` leaves alone what somebody else has changed since and returns the names of that.
    ``check`` (optional) refuses parameters that this workspace does not know: a status, an agent.
    ``together`` (optional) says that with these parameters ``run`` and ``undo`` change the ticket by
    ``tickets.update`` and ``put_back`` and write nothing else: many tickets are then written at once.
    """

    Params: type[Any]

    async def check(self, tx: Tx, params: Any) -> None: ...
    def together(self, params: Any) -> bool: ...
    async def run(self, tx: Tx, ticket: Ticket, *, params: Any, why: Why) -> Data | None: ...
    async def undo(
        self, tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why
    ) -> list[str]: ...


def changed(before: Ticket, after: Ticket) -> Data | None:
    """What ``run`` returns of a change of fields; None when nothing changed."""
    changes = tickets.difference(before, after)
    return {"changes": changes} if changes else None


async def put_back(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    """``undo`` for what :func:`changed` returned."""
    _, left = await tickets.restore(
        tx, ticket.id, changes=data["changes"], cause=why.cause(), held=ticket
    )
    return left
