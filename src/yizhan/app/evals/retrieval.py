"""`yizhan eval retrieval`: how often the right article is among the first ones."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import msgspec

from yizhan.app.evals import files
from yizhan.kernel.config import Config
from yizhan.learning import retrieval

HELP = "questions to articles"

DEPTH = 50
"""Ranks that are looked at; a right article further down counts as not found."""


class Article(msgspec.Struct, frozen=True):
    """An article, or a canonical question."""

    id: str
    title: str = ""
    body: str = ""
    questions: tuple[str, ...] = ()


class Query(msgspec.Struct, frozen=True):
    """A question and the articles that answer it."""

    text: str
    relevant: tuple[str, ...]


class Feedback(msgspec.Struct, frozen=True):
    """A question and the article that was accepted as its answer."""

    text: str
    article: str


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("--articles", type=Path, required=True, help="id, title, body a line")
    parser.add_argument("--queries", type=Path, required=True, help="text, relevant a line")
    parser.add_argument("--feedback", type=Path, help="text, article a line: accepted answers")


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Recall among the first 1, 3 and 5, mean reciprocal rank, and milliseconds to encode and find."""
    articles = files.lines(args.articles, Article)
    queries = files.lines(args.queries, Query)
    encoder = files.encoder(config)
    started = time.perf_counter()
    index = retrieval.Index.build(
        [retrieval.Entry(a.id, a.title, a.body, a.questions) for a in articles], encoder
    )
    if args.feedback is not None:
        accepted = files.lines(args.feedback, Feedback)
        index.learn([retrieval.Accepted(one.text, one.article) for one in accepted])
    built = time.perf_counter() - started
    ranks: list[int | None] = []
    spent: list[float] = []
    for query in queries:
        before = time.perf_counter()
        found = [hit.id for hit in index.search(query.text, DEPTH)]
        spent.append((time.perf_counter() - before) * 1000)
        places = [found.index(one) for one in query.relevant if one in found]
        ranks.append(min(places) + 1 if places else None)
    return {**_figures(ranks), "build_seconds": round(built, 2), **_times(spent)}


def _figures(ranks: list[int | None]) -> dict[str, Any]:
    within = {
        f"recall_at_{k}": sum(rank is not None and rank <= k for rank in ranks) / len(ranks)
        for k in (1, 3, 5)
    }
    return {**within, "mrr": sum(1 / rank for rank in ranks if rank) / len(ranks)}


def _times(spent: list[float]) -> dict[str, float]:
    ordered = sorted(spent)
    return {
        "ms_per_query": sum(spent) / len(spent),
        "p95_ms": ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
    }
