"""``python -m tests.chaos [NAME…] [--seed N]``: play scenarios one by one, without pytest.

Prints a line for each; ``--report FILE`` adds one JSON object a line.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.chaos import stage
from tests.chaos.all import NAMES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seed", type=int, default=stage.SEED)
    parser.add_argument("--report", help="a file that gets one JSON object a scenario")
    parser.add_argument("--keep", action="store_true", help="keep the data of good desks too")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for name in ("mail.log", "httpx2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    if asked.report:
        os.environ["YIZHAN_CHAOS_REPORT"] = str(Path(asked.report).resolve())
    bad = 0
    for name in asked.names or NAMES:
        chosen = stage.scenarios()[name]
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        folder.chmod(0o755)  # the database may run as another user
        good = _good(chosen, folder, seed=asked.seed)
        if good and not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            stage.logger.info("kept: %s", folder)
        bad += not good
    return 1 if bad else 0


def _good(chosen: stage.Scenario, folder: Path, *, seed: int) -> bool:
    """Whether it went well; one that cannot be played to its end does not stop the others."""
    if reason := chosen.needs():
        stage.logger.info("%s: skipped, %s", chosen.name, reason)
        return True
    try:
        return asyncio.run(stage.play(chosen, folder, seed=seed)).good
    except Exception:
        stage.logger.exception("%s could not be played", chosen.name)
        return False


if __name__ == "__main__":
    sys.exit(main())
