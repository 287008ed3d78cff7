"""The permission function: its laws, and that lists say the same in SQL."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.desk import Desk
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service.authentication import grants_of
from yizhan.domains.identity.types import ANY, Resource
from yizhan.kernel import errors
from yizhan.kernel.actor import Actor, Grant, Scope, system

NAMES = sorted(permissions.PERMISSIONS)
SCOPES: tuple[Scope, ...] = ("all", "unit", "team", "own")
UNITS = {1: frozenset({1, 2, 3}), 2: frozenset({2, 3}), 3: frozenset({3}), 4: frozenset({4})}

# Time says nothing on a machine that others use too.
law = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

small = st.integers(1, 5)
some = st.one_of(st.none(), small)
grants = st.builds(Grant, st.sampled_from([*NAMES, ANY]), st.sampled_from(SCOPES), some)
resources = st.builds(Resource, unit_id=some, team_id=some, assignee_id=some)
actors = st.builds(
    Actor,
    kind=st.sampled_from(["agent", "token"]),
    workspace_id=st.just(1),
    id=small,
    agent_id=some,
    grants=st.lists(grants, max_size=6).map(tuple),
    teams=st.frozensets(small),
    units=st.just(UNITS),
    scopes=st.one_of(st.none(), st.frozensets(st.sampled_from([*NAMES, ANY]))),
)


@law
@given(actors, st.sampled_from(NAMES), resources)
def test_more_grants_never_allow_less(actor: Actor, name: str, resource: Resource) -> None:
    more = msgspec.structs.replace(actor, grants=(*actor.grants, Grant(name, "own")))
    if permissions.can(actor, name, resource):
        assert permissions.can(more, name, resource)
        assert permissions.can(actor, name), "allowed on a thing, so allowed somewhere"


@law
@given(actors, st.sampled_from(NAMES), resources)
def test_scopes_only_narrow(actor: Actor, name: str, resource: Resource) -> None:
    free = msgspec.structs.replace(actor, scopes=None)
    if permissions.can(actor, name, resource):
        assert permissions.can(free, name, resource)
    if actor.scopes is not None and not {name, ANY} & actor.scopes:
        assert not permissions.can(actor, name, resource)


@law
@given(actors, st.lists(grants, max_size=4), resources, st.sampled_from(NAMES))
def test_who_covers_a_role_can_do_all_of_it(
    actor: Actor, role: list[Grant], resource: Resource, name: str
) -> None:
    """Nobody gains by a role that they gave to themselves."""
    if permissions.covers(actor, role):
        gained = msgspec.structs.replace(actor, grants=(*actor.grants, *role))
        assert permissions.can(gained, name, resource) == permissions.can(actor, name, resource)


@law
@given(actors, st.sampled_from(NAMES), resources)
def test_without_a_grant_nothing_is_allowed(actor: Actor, name: str, resource: Resource) -> None:
    bare = msgspec.structs.replace(
        actor, grants=tuple(g for g in actor.grants if g.permission not in (name, ANY))
    )
    assert not permissions.can(bare, name, resource)
    with pytest.raises(errors.Forbidden):
        permissions.require(bare, name, resource)
    with pytest.raises(errors.NotFound):
        permissions.can_see(bare, name, resource)


def test_a_misspelt_permission_never_passes() -> None:
    with pytest.raises(KeyError):
        permissions.can(system(1), "ticket:raed")


def test_customers_and_channels_have_no_rights_of_their_own() -> None:
    for actor in (
        Actor(kind="contact", workspace_id=1, id=7),
        Actor(kind="channel", workspace_id=1, id=7),
    ):
        assert not any(permissions.can(actor, name) for name in NAMES)


def test_my_unit_means_the_units_of_my_teams() -> None:
    raw: list[Mapping[str, Any]] = [{"permission": "ticket:read", "scope": "unit", "unit_id": None}]
    assert set(grants_of(raw, frozenset({4, 9}))) == {
        Grant("ticket:read", "unit", 4),
        Grant("ticket:read", "unit", 9),
    }
    assert grants_of(raw, frozenset()) == ()


def test_the_default_agent_sees_the_team_the_unassigned_and_their_own() -> None:
    actor = Actor(
        kind="agent",
        workspace_id=1,
        id=7,
        agent_id=7,
        grants=permissions.DEFAULT_ROLES["agent"][1],
        teams=frozenset({1}),
    )
    can = permissions.can
    assert can(actor, "ticket:read", Resource(team_id=1))
    assert can(actor, "ticket:reply", Resource())
    assert can(actor, "ticket:read", Resource(team_id=2, assignee_id=7))
    assert not can(actor, "ticket:read", Resource(team_id=2, assignee_id=8))
    assert not can(actor, "agent:manage")
    assert permissions.abilities(actor, Resource(team_id=2)) == ["ticket:create"]


def _random_actor(rng: random.Random) -> Actor:
    chosen = [
        Grant(rng.choice(["ticket:read", ANY, "ticket:reply"]), rng.choice(SCOPES[1:]), unit)
        for unit in rng.choices([None, 1, 2, 3, 4], k=rng.randrange(4))
    ]
    if rng.random() < 0.1:
        chosen.append(Grant("ticket:read"))
    return Actor(
        kind="agent",
        workspace_id=1,
        id=1,
        agent_id=rng.choice([None, 1, 2]),
        grants=tuple(chosen),
        teams=frozenset(rng.sample(range(1, 6), k=rng.randrange(4))),
        units=UNITS,
        scopes=rng.choice([None, frozenset({"ticket:read"}), frozenset({"ticket:reply"})]),
    )


async def test_lists_show_exactly_what_the_function_allows(desk: Desk) -> None:
    choices = [None, 1, 2, 3, 4, 5]
    things = [
        (unit, team, assignee) for unit in choices for team in choices for assignee in (None, 1, 2)
    ]
    rng = random.Random(20261122)
    async with desk.as_system() as tx:
        for _ in range(150):
            actor = _random_actor(rng)
            condition, values = permissions.ticket_condition(actor, "ticket:read", first=4)
            columns: list[list[Any]] = [list(column) for column in zip(*things, strict=True)]
            rows = await tx.db.fetch(
                "SELECT unit_id, team_id, assignee_id FROM unnest($1::bigint[], $2::bigint[],"
                f" $3::bigint[]) AS t (unit_id, team_id, assignee_id) WHERE {condition}",
                *columns,
                *values,
            )
            allowed = [
                thing
                for thing in things
                if permissions.can(
                    actor,
                    "ticket:read",
                    Resource(unit_id=thing[0], team_id=thing[1], assignee_id=thing[2]),
                )
            ]
            assert sorted(map(str, map(tuple, rows))) == sorted(map(str, allowed)), actor
