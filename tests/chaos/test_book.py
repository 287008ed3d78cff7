"""A run that was cut off goes on where it was; the table shows the newest result of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.chaos.book import Book

NAMES = ("disk-full", "kill-web", "poison")


def _result(name: str, *, good: bool = True, seed: int = 7) -> dict[str, Any]:
    return {
        "name": name,
        "seed": seed,
        "good": good,
        "faults": [] if good else ["A: w1: gone"],
        "works": 40,
        "acknowledged": 38,
        "answers": {"201": 38, "0": 2},
        "recovered": 1.5,
        "seconds": 61.7,
    }


def test_an_interrupted_run_goes_on_and_a_complete_one_begins_anew(tmp_path: Path) -> None:
    first = Book(tmp_path / "new" / "folder")
    assert first.left(NAMES, seed=7) == list(NAMES)
    first.add(_result("disk-full"))
    first.add(_result("kill-web", good=False))
    with first.lines.open("a") as file:
        file.write('{"name": "poison", "seed": 7, "go')  # killed within the line
    again = Book(tmp_path / "new" / "folder")
    assert again.left(NAMES, seed=7) == ["poison"]
    again.add(_result("poison"))
    assert again.left(NAMES, seed=7) == list(NAMES)


def test_another_seed_other_names_or_a_wish_begin_anew(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.left(NAMES, seed=7)
    book.add(_result("disk-full"))
    assert book.left(NAMES, seed=7) == ["kill-web", "poison"]
    assert book.left(NAMES, seed=7, anew=True) == list(NAMES)
    assert book.left(NAMES, seed=11) == list(NAMES)
    assert book.left(("disk-full",), seed=11) == ["disk-full"]


def test_the_table_has_the_newest_result_of_each_scenario_and_seed(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.left(NAMES, seed=7)
    book.add(_result("disk-full", good=False))
    book.add(_result("disk-full"))
    book.add(_result("disk-full", seed=11, good=False))
    book.add({"name": "poison", "seed": 7, "skipped": "not installed: dovecot"})
    rows = book.page.read_text().splitlines()[2:]
    assert rows == [
        "| disk-full | 7 | ok | 62 | 1.5 s | 38 / 40 | 38 x 201, 2 x none |  |",
        "| disk-full | 11 | **not ok** | 62 | 1.5 s | 38 / 40 | 38 x 201, 2 x none | A: w1: gone |",
        "| poison | 7 | skipped: not installed: dovecot | | | | | |",
    ]
