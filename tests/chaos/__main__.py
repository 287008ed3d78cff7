"""``python -m tests.chaos [NAME…] [--seed N] [--into FOLDER]``: play scenarios one by one.

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
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.chaos import stage
from tests.chaos.all import NAMES
from tests.chaos.book import Book

INTO = Path("bench/reports/chaos")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of scenarios, or parts of names")
    parser.add_argument("--seed", type=int, default=stage.SEED)
    parser.add_argument("--into", type=Path, default=INTO, help="a folder for the results")
    parser.add_argument("--anew", action="store_true", help="do not go on with an interrupted run")
    parser.add_argument("--keep", action="store_true", help="keep the data of good desks too")
    parser.add_argument("--list", action="store_true", help="print the names and play nothing")
    asked = parser.parse_args()
    names = [name for name in NAMES if _chosen(name, asked.names)]
    if not names:
        parser.error(f"no such scenario; there are: {', '.join(NAMES)}")
    if asked.list:
        sys.stdout.write("\n".join(names) + "\n")
        return 0
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    for name in ("mail.log", "httpx2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Whoever is told to end ends the desk as well, as with ^C.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    book = Book(asked.into)
    left = book.left(names, seed=asked.seed, anew=asked.anew)
    if len(left) < len(names):
        stage.logger.info("going on: %d of %d are played", len(names) - len(left), len(names))
    try:
        bad = sum(not good for good in _play(left, book, seed=asked.seed, keep=asked.keep))
    except KeyboardInterrupt:
        stage.logger.info("cut off; the same command goes on from here")
        return 130
    sys.stdout.write(f"\n{book.table()}\n")
    return 1 if bad else 0


def _chosen(name: str, asked: Sequence[str]) -> bool:
    """An exact name chooses one, anything else all that contain it; nothing chooses everything."""
    return not asked or any(name == one or (one not in NAMES and one in name) for one in asked)


def _play(names: Sequence[str], book: Book, *, seed: int, keep: bool) -> Iterator[bool]:
    """Whether each went well; what cannot be played here counts as good, except in CI."""
    for name in names:
        chosen = stage.scenarios()[name]
        if reason := chosen.needs():
            stage.logger.info("%s: skipped, %s", name, reason)
            book.add({"name": name, "seed": seed, "skipped": reason})
            yield not os.environ.get("CI")
            continue
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        folder.chmod(0o755)  # the database may run as another user
        try:
            report = asyncio.run(stage.ended(chosen, folder, seed=seed))
        except KeyboardInterrupt:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        book.add(report.as_result())
        if report.good and not keep:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            stage.logger.info("kept: %s", folder)
        yield report.good


if __name__ == "__main__":
    sys.exit(main())
