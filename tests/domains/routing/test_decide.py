"""The decision alone: fair shares, never over capacity, nobody waits while somebody is free."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yizhan.domains.routing.types import Candidate, decide

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def moments(count: int) -> list[datetime]:
    return [START + timedelta(microseconds=place) for place in range(count)]


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    count = draw(st.integers(0, 6))
    return [
        Candidate(
            agent_id=number,
            capacity=draw(st.integers(0, 8)),
            load=draw(st.integers(0, 10)),
            last_given_at=draw(
                st.none() | st.integers(1, 500).map(lambda m: START - timedelta(minutes=m))
            ),
        )
        for number in range(1, count + 1)
    ]


@given(candidates(), st.integers(0, 40))
def test_all_room_is_used_and_none_twice(people: list[Candidate], waiting: int) -> None:
    tickets = list(range(100, 100 + waiting))
    decisions = decide(tickets, people, moments=moments(waiting))
    room = sum(max(0, one.capacity - one.load) for one in people)
    assert [one.ticket_id for one in decisions] == tickets[: min(room, waiting)]
    got = Counter(one.agent_id for one in decisions)
    for person in people:
        assert got[person.agent_id] <= max(0, person.capacity - person.load)


@given(st.integers(1, 6), st.integers(0, 60))
def test_shares_differ_by_one_at_most(count: int, waiting: int) -> None:
    people = [
        Candidate(agent_id=number, capacity=100, load=0, last_given_at=None)
        for number in range(count)
    ]
    decisions = decide(list(range(waiting)), people, moments=moments(waiting))
    got = Counter(one.agent_id for one in decisions)
    shares = [got[one.agent_id] for one in people]
    assert max(shares) - min(shares) <= 1


def test_whose_last_one_is_longest_ago_is_next_and_the_event_says_among_whom() -> None:
    def person(number: int, minutes: int | None, load: int = 0) -> Candidate:
        at = None if minutes is None else START - timedelta(minutes=minutes)
        return Candidate(agent_id=number, capacity=2, load=load, last_given_at=at)

    people = [person(1, 5), person(2, 50), person(3, None, load=2)]
    decisions = decide([100, 101], people, moments=moments(2))
    assert [one.agent_id for one in decisions] == [2, 1]
    cause = decisions[0].cause()
    assert cause["rule"] == "round_robin"
    assert [one["agent_id"] for one in cause["candidates"]] == ["2", "1"]
