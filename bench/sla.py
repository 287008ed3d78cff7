"""The business clock against a walk over every minute: ``python -m bench.sla [--cases 100000]``.

Random calendars, zones, starts and pauses, many close to a change of the clocks. Prints how far it is
and stops at the first case in which the two differ; the case can be given to ``yizhan sla due``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from tests.domains.sla import walk
from yizhan.domains.sla import cases

_CHUNK = 500
_MOST_STEPS = 6_000  # minutes that are walked before a case is passed over


def check(seed: int, count: int) -> tuple[int, dict[str, Any] | None]:
    """How many cases were walked to their end, and the first that differs."""
    rng = random.Random(seed)  # noqa: S311 -- cases, not secrets
    walked = 0
    for _ in range(count):
        case = walk.case(rng)
        expected = walk.due(case, most=_MOST_STEPS)
        if expected is None:
            continue  # far away or never: the walk cannot tell
        walked += 1
        found = cases.due(cases.parse(case))
        if found != expected:
            return walked, {**case, "walked": str(expected), "computed": str(found)}
    return walked, None


def main() -> int:
    """0 when all are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cases", type=int, default=100_000, help="cases that the walk must finish"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    began, done, seed = time.monotonic(), 0, args.seed
    with ProcessPoolExecutor(args.processes) as pool:
        while done < args.cases:
            seeds = range(seed, seed + args.processes * 4)
            seed = seeds.stop
            for future in as_completed([pool.submit(check, one, _CHUNK) for one in seeds]):
                walked, wrong = future.result()
                done += walked
                if wrong is not None:
                    print(json.dumps(wrong), file=sys.stderr)
                    return 1
            rate = done / (time.monotonic() - began)
            print(f"{done} of {args.cases} cases equal, {rate:.0f}/s", flush=True)
    print(f"{done} cases, 0 differences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
