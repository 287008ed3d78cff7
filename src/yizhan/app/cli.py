"""The command line: one module of ``yizhan.app.commands`` is one command.

A command's module has ``HELP``, ``add(parser)``, ``run(args, config)`` which returns what happened as
a dictionary, and may have ``show(result)`` for people. With ``--json`` the dictionary is printed as
one object, also for an error; logs go to standard error. Exit code 0 only when it worked, 2 for wrong
arguments.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import inspect
import pkgutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import msgspec
import structlog

from yizhan.app import commands
from yizhan.app.version import version
from yizhan.kernel import config as configuration
from yizhan.kernel import errors, logs, process


class _Parser(argparse.ArgumentParser):
    """Says also as JSON what is wrong with the arguments, to whoever reads JSON."""

    as_json = False

    def error(self, message: str) -> NoReturn:
        if _Parser.as_json:
            wrong = {"error": {"code": "wrong_arguments", "message": message}}
            print(msgspec.json.encode(wrong).decode())
        super().error(message)


def _commands() -> list[str]:
    return sorted(found.name for found in pkgutil.iter_modules(commands.__path__))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{commands.__name__}.{name}")


def _parser(wanted: str | None) -> argparse.ArgumentParser:
    parser = _Parser(prog="yizhan", description="Yizhan 驿站, a customer-service desk.")
    parser.add_argument("--version", action="version", version=version())
    chosen = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in _commands():
        if wanted is not None and name != wanted:
            chosen.add_parser(name)  # only named: its module is not needed now
            continue
        module = _module(name)
        part = chosen.add_parser(name, help=module.HELP, description=module.HELP)
        part.add_argument("--json", action="store_true", help="print one JSON object")
        part.add_argument("--data", type=Path, help="the data directory (YIZHAN_DATA)")
        module.add(part)
    return parser


def _call(module: ModuleType, args: argparse.Namespace) -> dict[str, Any]:
    config = configuration.load(data=args.data)
    logs.set_up(config.log_level)
    found = module.run(args, config)
    result: dict[str, Any] = asyncio.run(found) if inspect.iscoroutine(found) else found
    return result


def _show(module: ModuleType, result: dict[str, Any]) -> str:
    if hasattr(module, "show"):
        return str(module.show(result))
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode()


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    argv = sys.argv[1:] if argv is None else argv
    process.die_with_parent()
    wanted = next((word for word in argv if word in _commands()), None)
    _Parser.as_json = "--json" in argv
    args = _parser(wanted).parse_args(argv)
    module = _module(args.command)
    try:
        result = _call(module, args)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _failed(error, as_json=args.json)
    if result:
        print(msgspec.json.encode(result).decode() if args.json else _show(module, result))
    return 1 if result.get("ok") is False else 0


def _failed(error: Exception, *, as_json: bool) -> int:
    known = isinstance(error, errors.YizhanError)
    code = error.code if isinstance(error, errors.YizhanError) else "internal_error"
    message = _said(error)
    if as_json:
        print(msgspec.json.encode({"error": {"code": code, "message": message}}).decode())
    else:
        print(f"yizhan: {message}", file=sys.stderr)
    if not known:
        structlog.get_logger(__name__).error("command_failed", exc_info=error)
    return 1


def _said(error: Exception) -> str:
    """What can be said of an error: the text of one that we do not know may repeat a customer's words,
    and what web and worker say goes into the logs."""
    if isinstance(error, errors.YizhanError | OSError):
        return str(error) or type(error).__name__
    return f"{type(error).__name__}; the log says where"


if __name__ == "__main__":
    sys.exit(main())
