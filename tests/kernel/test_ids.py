"""Ids that order what hosts with different clocks wrote."""

from __future__ import annotations

import time

from yizhan.kernel import ids


def test_ids_ascend_within_a_node() -> None:
    make = ids.Generator(3)
    made = [make() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert abs(ids.at_ms(made[0]) - time.time() * 1000) < 5_000


def test_an_id_follows_one_that_a_faster_clock_made() -> None:
    make = ids.Generator(3)
    hour_ahead = ids.first_at(int(time.time() * 1000) + 3_600_000) | 5 << 12 | 9
    following = make(after=hour_ahead)
    assert following > hour_ahead
    assert make() > following, "what this node makes next stays behind it"


def test_an_older_id_changes_nothing() -> None:
    make = ids.Generator(3)
    first = make()
    assert ids.at_ms(make(after=first - (60_000 << 22))) - ids.at_ms(first) < 5_000
