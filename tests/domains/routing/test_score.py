"""The score alone: a moment orders like the score does, at every time, and nobody starves."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domains.routing.line import Line
from yizhan.domains.routing import score
from yizhan.domains.routing.score import PARTS, Shares, Weights
from yizhan.domains.sla import calendar
from yizhan.domains.sla.service import risk

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
each = st.integers(0, 100)
weights = st.builds(
    Weights,
    **dict.fromkeys(PARTS, each),
    waiting=each,
    waiting_minutes=st.integers(5, 600),
).filter(lambda one: one.allowed)
shares = st.builds(
    Shares,
    since=st.integers(0, 3000).map(lambda n: NOW - timedelta(minutes=n)),
    **dict.fromkeys(PARTS, st.integers(0, 1000)),
)


def test_a_score_says_what_it_is_made_of() -> None:
    usual = Weights()
    angry = Shares(since=NOW - timedelta(hours=3), emotion=900, importance=250)
    assert round(score.score(usual, angry, now=NOW), 1) == 20 + 18 + 2.5
    assert score.score(usual, angry, now=NOW + timedelta(days=30)) == 100


@settings(max_examples=40, deadline=None)
@given(weights, st.lists(shares, min_size=2, max_size=8), st.integers(0, 2000))
def test_places_are_in_the_order_of_scores_at_every_time(
    said: Weights, some: list[Shares], minutes: int
) -> None:
    now = NOW + timedelta(minutes=minutes)
    seen = [score.at(said, one, now=now) for one in some]
    line = sorted(seen, key=lambda one: (score.place(said, one), one.since))
    scores = [score.score(said, one, now=now) for one in line]
    assert all(a >= b - 1e-6 for a, b in itertools.pairwise(scores))
    full = [one.since for one in line if one.full]
    assert full == sorted(full), "at 100 the older is first"


@settings(max_examples=40, deadline=None)
@given(weights, shares, shares)
def test_who_came_much_later_is_never_ahead(said: Weights, one: Shares, other: Shares) -> None:
    since = one.since + score.reach(said) + timedelta(seconds=1)
    later = msgspec.structs.replace(other, since=since)
    assert score.place(said, one) < score.place(said, later)


@settings(max_examples=4, deadline=None)
@given(weights, st.integers(0, 1 << 30))
def test_nobody_starves_whatever_the_weights(said: Weights, seed: int) -> None:
    run = Line(said, seed=seed)
    for _ in range(150):
        run.minute()  # checks each decision


def test_a_large_ticket_gets_its_room_though_small_ones_never_end() -> None:
    run = Line(Weights(waiting_minutes=5), seed=7)
    for _ in range(400):
        run.minute()
    assert not run.left(cost=2, before=timedelta(minutes=200))


def test_weights_by_which_waiting_hardly_counts_are_refused() -> None:
    assert not Weights(waiting=4).allowed
    assert not Weights(waiting=0).allowed
    assert Weights(waiting=100, value=0, emotion=0, complexity=0, importance=0, risk=0).allowed


def test_tenths_of_a_promise_count_working_time_only() -> None:
    hours = calendar.build(
        time_zone="Asia/Shanghai",
        hours={day: [("09:00", "18:00")] for day in ("mon", "tue", "wed", "thu", "fri")},
        holidays=[],
    )
    friday = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai
    due = datetime(2026, 11, 9, 8, 30, tzinfo=UTC)  # Monday 16:30: eight working hours
    assert risk.used(hours, minutes=480, due_at=due, now=friday)[0] == 0
    sunday = datetime(2026, 11, 8, 9, 30, tzinfo=UTC)
    tenths, step = risk.used(hours, minutes=480, due_at=due, now=sunday)
    assert tenths == 0
    assert step == datetime(2026, 11, 9, 1, 18, tzinfo=UTC), "48 working minutes are one tenth"
    assert risk.used(hours, minutes=480, due_at=due, now=due) == (10, None)
    assert risk.used(hours, minutes=1, due_at=due, now=due - timedelta(seconds=30)) == (0, due)
