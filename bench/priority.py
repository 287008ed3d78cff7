"""Nobody starves, for longer than in the tests: ``python -m bench.priority [--runs 20] [--minutes 3000]``.

Desks in numbers alone with weights drawn from all that are allowed, more work than the agents can do,
and customers whom everything speaks for coming without end. Of every decision it is checked that nobody
was passed over by one who came later than the weights promise; said are the longest waits of small and
of large tickets, and how many of the first half still wait.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import timedelta
from typing import Any

from tests.domains.routing.line import Line
from yizhan.domains.routing import score
from yizhan.domains.routing.score import FACTORS, Weights


def _weights(choose: random.Random) -> Weights:
    while True:
        drawn: dict[str, Any] = {factor: choose.randint(0, 100) for factor in FACTORS}
        found = Weights(**drawn, waiting_minutes=choose.choice((5, 30, 180)))
        if found.allowed:
            return found


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--minutes", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    choose = random.Random(args.seed)  # noqa: S311 -- a choice, not a secret
    for number in range(1, args.runs + 1):
        weights = _weights(choose)
        # Just more than can be done: what is behind grows, and still nobody is left behind for good.
        run = Line(weights, seed=choose.getrandbits(32), agents=4, load=1.02)
        began = time.perf_counter()
        for _ in range(args.minutes):
            run.minute()
        left = [run.left(cost=cost, before=timedelta(minutes=args.minutes // 2)) for cost in (1, 2)]
        print(
            f"run {number}: reach {score.reach(weights)}, {len(run.waited)} given out, longest waits"
            f" {run.longest[1]} (small) {run.longest[2]} (large), of the first half"
            f" {len(left[0])} small and {len(left[1])} large still wait,"
            f" {time.perf_counter() - began:.0f} s"
        )


if __name__ == "__main__":
    main()
