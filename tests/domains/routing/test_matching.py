"""The decision alone: nobody waits while somebody who fits has room, never too much, fair turns."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yizhan.domains.routing.matching import Decision, Waiting, Worker, assign

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
WORDS = ("t:1", "t:2", "l:zh", "l:en", "s:7:1", "s:7:2", "s:8:1")
CHANNELS = {"mail": 1, "talk": 3}
seeds = st.integers(0, 1 << 32)


def moments(count: int) -> list[datetime]:
    return [START + timedelta(microseconds=place) for place in range(count)]


def words(choose: random.Random) -> frozenset[str]:
    return frozenset(choose.sample(WORDS, choose.randint(0, 4)))


def workers(choose: random.Random) -> list[Worker]:
    def few(most: int) -> dict[str, int]:
        return {one: choose.randint(0, most) for one in CHANNELS if choose.random() < 0.5}

    return [
        Worker(
            agent_id=number,
            abilities=words(choose),
            capacity=choose.randint(0, 8),
            load=choose.randint(0, 10),
            counts=few(3),
            limits=few(3),
            last_given_at=choose.choice([None, START - timedelta(minutes=choose.randint(1, 500))]),
        )
        for number in range(1, choose.randint(1, 7))
    ]


def tickets(choose: random.Random) -> list[Waiting]:
    found = []
    for number in range(choose.randint(0, 25)):
        channel = choose.choice(sorted(CHANNELS))
        found.append(
            Waiting(
                ticket_id=100 + number,
                since=START - timedelta(minutes=choose.randint(0, 60)),
                channel=channel,
                cost=CHANNELS[channel],
                need=words(choose),
                preferred=words(choose),
                sticky_id=choose.choice([None, choose.randint(1, 7)]),
            )
        )
    return found


def drawn(seed: int) -> tuple[list[Worker], list[Waiting]]:
    choose = random.Random(seed)
    return workers(choose), tickets(choose)


def after(people: list[Worker], decisions: list[Decision]) -> dict[int, Worker]:
    """Everybody as they are in the end."""
    now = {one.agent_id: one for one in people}
    for one in decisions:
        who = now[one.worker.agent_id]
        now[who.agent_id] = who.given(channel=one.ticket.channel, cost=one.ticket.cost, at=START)
    return now


@given(seeds)
def test_nobody_waits_whom_somebody_with_room_fits(seed: int) -> None:
    people, waiting = drawn(seed)
    decisions = assign(people, waiting, moments=moments(len(waiting)))
    given_out = {one.ticket.ticket_id for one in decisions}
    assert len(given_out) == len(decisions), "none twice"
    now = after(people, decisions)
    for one in decisions:
        assert one.ticket.need <= one.worker.abilities
        assert one.worker.has_room(channel=one.ticket.channel, cost=one.ticket.cost)
    for ticket in waiting:
        if ticket.ticket_id not in given_out:
            assert not any(
                ticket.need <= one.abilities
                and one.has_room(channel=ticket.channel, cost=ticket.cost)
                for one in now.values()
            )
    for before in people:
        then = now[before.agent_id]
        assert then.load <= max(before.load, before.capacity)
        for channel, most in before.limits.items():
            assert then.counts.get(channel, 0) <= max(before.counts.get(channel, 0), most)


@given(seeds)
def test_the_longest_wait_is_first_and_the_order_of_the_input_says_nothing(seed: int) -> None:
    people, waiting = drawn(seed)
    decisions = assign(people, waiting, moments=moments(len(waiting)))
    assert decisions == assign(people[::-1], waiting[::-1], moments=moments(len(waiting)))
    order = [(one.ticket.since, one.ticket.ticket_id) for one in decisions]
    assert order == sorted(order)


@given(seeds)
def test_each_goes_to_the_last_agent_or_to_whose_turn_it_is(seed: int) -> None:
    people, waiting = drawn(seed)
    now = {one.agent_id: one for one in people}
    stamps = moments(len(waiting))
    for decision, at in zip(assign(people, waiting, moments=stamps), stamps, strict=False):
        ticket, chosen = decision.ticket, decision.worker
        fits = [
            one
            for one in now.values()
            if ticket.need <= one.abilities
            and one.has_room(channel=ticket.channel, cost=ticket.cost)
        ]
        assert decision.sticky == (ticket.sticky_id in {one.agent_id for one in fits})
        if decision.sticky:
            assert chosen.agent_id == ticket.sticky_id
        else:
            wanted = ticket.need | ticket.preferred
            best = min(fits, key=lambda one: (not wanted <= one.abilities, one.turn))
            assert chosen.agent_id == best.agent_id
        now[chosen.agent_id] = chosen.given(channel=ticket.channel, cost=ticket.cost, at=at)


@given(st.integers(1, 6), st.integers(0, 60), st.integers(1, 60))
def test_shares_of_the_equally_able_differ_by_one_at_most(
    count: int, amount: int, special: int
) -> None:
    able = frozenset({"t:1", "l:zh", "s:7:1"})
    people = [
        Worker(agent_id=number, abilities=able, capacity=200, load=0) for number in range(count)
    ]
    # A specialist among them takes part and takes nobody's turn for good.
    people.append(Worker(agent_id=99, abilities=able | {"s:8:1"}, capacity=200, load=0))
    waiting = [
        Waiting(
            ticket_id=number,
            since=START,
            channel="mail",
            cost=1,
            need=frozenset({"t:1", "s:8:1"} if number % special == 0 else {"t:1"}),
        )
        for number in range(amount)
    ]
    decisions = assign(people, waiting, moments=moments(amount))
    got = Counter(one.worker.agent_id for one in decisions)
    shares = [got[number] for number in range(count)]
    assert max(shares) - min(shares) <= 1


def test_the_reasons_name_who_else_could_have_had_it() -> None:
    def person(number: int, minutes: int | None, load: int = 0) -> Worker:
        at = None if minutes is None else START - timedelta(minutes=minutes)
        return Worker(
            agent_id=number,
            abilities=frozenset({"t:1"}),
            capacity=2,
            load=load,
            last_given_at=at,
        )

    people = [person(1, 5), person(2, 50), person(3, None, load=2)]
    waiting = [
        Waiting(ticket_id=n, since=START, channel="mail", cost=1, need=frozenset({"t:1"}))
        for n in (100, 101)
    ]
    decisions = assign(people, waiting, moments=moments(2))
    assert [one.worker.agent_id for one in decisions] == [2, 1]
    assert [one.agent_id for one in decisions[0].candidates] == [2, 1]
    assert decisions[0].fitting == 2


def test_many_at_once_do_not_take_long() -> None:
    """5,000 agents and 10,000 tickets of two hundred kinds: by lists, not by comparing all with all."""
    people = [
        Worker(
            agent_id=n,
            abilities=frozenset(
                {f"t:{n % 20}", f"l:{'zh' if n % 2 else 'en'}", f"s:{n % 7}:1", f"s:{n % 7}:2"}
            ),
            capacity=2,
            load=0,
        )
        for n in range(5_000)
    ]
    waiting = [
        Waiting(
            ticket_id=n,
            since=START + timedelta(seconds=n % 977),
            channel="mail",
            cost=1,
            need=frozenset({f"t:{n % 20}", f"s:{n % 7}:{1 + n % 2}"}),
        )
        for n in range(10_000)
    ]
    decisions = assign(people, waiting, moments=moments(len(waiting)))
    assert len(decisions) > 9_900, "all but the few whose kind has too few agents"
