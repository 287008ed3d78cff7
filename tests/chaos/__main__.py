"""``python -m tests.chaos [NAME…] [--seed N] [--into FOLDER]``: play scenarios, each in a process of its own.

A NAME may be a part of one: ``disk``. Each says how it went; the folder gets ``results.jsonl`` and a table,
``results.md``. What an interrupted run has results of is not played again.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.chaos import stage
from tests.chaos.all import NAMES
from tests.chaos.book import Book
from tests.chaos.stage import Report, Scenario

INTO = Path("bench/reports/chaos")


def main() -> int:
    asked = _asked()
    names = [name for name in NAMES if _chosen(name, asked.names)]
    if not names:
        sys.stderr.write(f"no such scenario; there are: {', '.join(NAMES)}\n")
        return 2
    if asked.list:
        sys.stdout.write("\n".join(names) + "\n")
        return 0
    # Whoever is told to end ends the desk as well, as with ^C.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    book = Book(asked.into)
    if asked.alone:
        return _alone(names[0], book, asked)
    left = book.left(names, seed=asked.seed, anew=asked.anew)
    if len(left) < len(names):
        sys.stdout.write(f"going on: {len(names) - len(left)} of {len(names)} are played\n")
    try:
        bad = _play(left, asked)
    except KeyboardInterrupt:
        sys.stdout.write("cut off; the same command goes on from here\n")
        return 130
    sys.stdout.write(f"\n{book.table()}\n")
    return 1 if bad else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of scenarios, or parts of names")
    parser.add_argument("--seed", type=int, default=stage.SEED)
    parser.add_argument("--into", type=Path, default=INTO, help="a folder for the results")
    parser.add_argument("--at-once", type=int, default=1, help="so many beside each other")
    parser.add_argument("--anew", action="store_true", help="do not go on with an interrupted run")
    parser.add_argument("--keep", action="store_true", help="keep the data of good desks too")
    parser.add_argument("--list", action="store_true", help="print the names and play nothing")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)  # within a run
    return parser.parse_args()


def _chosen(name: str, asked: Sequence[str]) -> bool:
    """An exact name chooses one, anything else all that contain it; nothing chooses everything."""
    return not asked or any(name == one or (one not in NAMES and one in name) for one in asked)


# ------------------------------------------------------------------------------ a run of several


def _play(names: Sequence[str], asked: argparse.Namespace) -> int:
    """How many did not go well."""
    running: set[subprocess.Popen[bytes]] = set()
    with ThreadPoolExecutor(asked.at_once) as lanes:
        try:
            return sum(lanes.map(partial(_in_process, asked=asked, running=running), names))
        except KeyboardInterrupt:
            lanes.shutdown(wait=False, cancel_futures=True)
            for process in tuple(running):
                process.send_signal(signal.SIGINT)
            raise


def _in_process(
    name: str, *, asked: argparse.Namespace, running: set[subprocess.Popen[bytes]]
) -> int:
    """Whether it went badly, also when its process does not come to an end by itself."""
    limit = stage.scenarios()[name].limit + 120
    options = ["--alone", "--seed", str(asked.seed), "--into", str(asked.into)]
    options += ["--keep"] if asked.keep else []
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.chaos", name, *options],
        start_new_session=True,  # ^C is passed on once, by us
    )
    running.add(process)
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        process.kill()
        code = process.wait()
    finally:
        running.discard(process)
    if code not in (0, 1, 130):
        what = f"its process ended with {code}"
        failed = Report.of_failure(stage.scenarios()[name], what, seed=asked.seed, seconds=0)
        Book(asked.into).add(failed.as_result())
    return int(code != 0)


# ---------------------------------------------------------------------------------- one of them


def _alone(name: str, book: Book, asked: argparse.Namespace) -> int:
    logging.basicConfig(
        level=logging.INFO, format=f"%(asctime)s {name}: %(message)s", datefmt="%H:%M:%S"
    )
    for other in ("mail.log", "httpx2"):
        logging.getLogger(other).setLevel(logging.WARNING)
    chosen = stage.scenarios()[name]
    if reason := chosen.needs():
        stage.logger.info("skipped, %s", reason)
        book.add({"name": name, "seed": asked.seed, "skipped": reason})
        return int(bool(os.environ.get("CI")))
    try:
        report = _report(chosen, asked)
    except KeyboardInterrupt:
        return 130
    book.add(report.as_result())
    return int(not report.good)


def _report(chosen: Scenario, asked: argparse.Namespace) -> Report:
    folder = Path(tempfile.mkdtemp(prefix=f"{chosen.name}-"))
    folder.chmod(0o755)  # the database may run as another user
    wanted = asked.keep
    try:
        report = asyncio.run(stage.ended(chosen, folder, seed=asked.seed))
        wanted = wanted or not report.good
    finally:
        if wanted:
            stage.logger.info("kept: %s", folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return report


if __name__ == "__main__":
    sys.exit(main())
