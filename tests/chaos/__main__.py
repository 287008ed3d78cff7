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
        report = asyncio.run(stage.play(chosen, folder, seed=asked.seed))
        if report.good and not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            stage.logger.info("kept: %s", folder)
        bad += not report.good
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
