"""A turn and what came before it as numbers: words, vectors, place in the conversation."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning import embedding, later
from yizhan.learning.dialogue.network import Inputs
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scipy import sparse
    from sklearn.feature_extraction import text as extraction

    from yizhan.learning.dialogue.types import Encode, Turn
    from yizhan.learning.embedding import Vectors
else:
    sparse = later.Module("scipy.sparse")
    extraction = later.Module("sklearn.feature_extraction.text")

TOKEN: Final = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+|\d+|[^\w\s]")
LONGEST: Final = 1000
LOOKS_BACK: Final = 12
HEARD: Final = 1500
"""Characters of the conversation before that may be named again."""
PLACES: Final = 10
WEIGHTS: Final = {"now": 1.0, "agent": 0.5, "last": 0.4, "earlier": 0.4}


class Seen(NamedTuple):
    """A turn with what came before it."""

    now: str
    agent: str
    """What the agent said last, if that was since the customer's last turn."""
    last: str
    """The customer's turn before."""
    earlier: tuple[str, ...]
    """The turns of the customer before, oldest first, at most :data:`LOOKS_BACK`."""
    heard: str = ""
    """What was said by both before, the end of it."""


def seen(turns: Sequence[Turn]) -> list[Seen]:
    """One for each turn of the customer."""
    rows: list[Seen] = []
    said: list[str] = []
    agent: list[str] = []
    heard = ""
    for turn in turns:
        if turn.role == "user":
            last = said[-1] if said else ""
            earlier = tuple(said[-LOOKS_BACK:])
            rows.append(Seen(turn.text, "\n".join(agent), last, earlier, heard[-HEARD:]))
            said.append(turn.text)
            agent = []
        else:
            agent.append(turn.text)
        heard = f"{heard[-HEARD:]}\n{turn.text}"
    return rows


def tokens(text: str) -> list[str]:
    """Words, single Chinese characters, signs; digits as their number of places."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return ["0" * min(len(one), 8) if one.isdigit() else one for one in TOKEN.findall(plain)]


def grams(text: str) -> list[str]:
    """Runs of one to three tokens, and pieces of words: the turn in question."""
    parts = tokens(text)
    return [*_runs(parts, 3), *_pieces(parts)]


def short_grams(text: str) -> list[str]:
    """Runs of one or two tokens: what came before."""
    return _runs(tokens(text) or ["(nothing)"], 2)


def _runs(parts: list[str], longest: int) -> list[str]:
    ends = ["\x02", *parts, "\x03"]
    return parts + [
        " ".join(ends[start : start + size])
        for size in range(2, longest + 1)
        for start in range(len(ends) - size + 1)
    ]


def _pieces(parts: list[str]) -> list[str]:
    return [
        f"_{word[start : start + size]}"
        for word in (f"<{one}>" for one in parts if len(one) > 2 and one.isalpha())
        for size in (3, 4)
        for start in range(len(word) - size + 1)
    ]


BLOCKS: Final = {"now": grams, "agent": short_grams, "last": short_grams, "earlier": short_grams}


class Reader:
    """Turns into :class:`Inputs`; knows the words of the training conversations."""

    def __init__(self, words: dict[str, extraction.TfidfVectorizer], mean: Vectors | None) -> None:
        self._words, self._mean = words, mean

    @classmethod
    def fit(cls, rows: Sequence[Seen], vectors: dict[str, Vectors], *, most: int) -> Reader:
        """At most ``most`` runs of words are known, half of them of the turn itself."""
        words = {}
        for name, cut in BLOCKS.items():
            size = most // 2 if name == "now" else most // 6
            maker = extraction.TfidfVectorizer(
                analyzer=cut,
                min_df=2 if len(rows) < 2000 else 3,
                max_features=size,
                sublinear_tf=True,
                dtype=np.float32,
            )
            words[name] = maker.fit([*_column(rows, name), "ok"] * (1 if len(rows) > 9 else 3))
        mean = np.mean([vectors[row.now] for row in rows], axis=0) if vectors else None
        return cls(words, mean)

    def read(self, rows: Sequence[Seen], vectors: dict[str, Vectors]) -> Inputs:
        """``vectors`` of every text of the rows, by text; empty where there is no encoder."""
        blocks = [
            maker.transform(_column(rows, name)) * WEIGHTS[name]
            for name, maker in self._words.items()
        ]
        words = sparse.hstack([*blocks, _places(rows)]).tocsr().astype(np.float32)
        if self._mean is None:
            return Inputs(words, np.zeros((len(rows), 0), dtype=np.float32))
        return Inputs(words, self._dense(rows, vectors))

    def _dense(self, rows: Sequence[Seen], vectors: dict[str, Vectors]) -> Vectors:
        mean = self._mean
        if mean is None or not vectors:
            return np.zeros((len(rows), 0 if mean is None else 4 * len(mean)), dtype=np.float32)
        moved = {text: embedding.centred(vector, mean) for text, vector in vectors.items()}
        none = np.zeros_like(mean)
        lines = [
            np.concatenate(
                [
                    moved[row.now],
                    moved[row.agent] if row.agent else none,
                    moved[row.last] if row.last else none,
                    np.mean([moved[one] for one in row.earlier], axis=0) if row.earlier else none,
                ]
            )
            for row in rows
        ]
        return np.asarray(lines, dtype=np.float32)

    def dump(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """A document and arrays."""
        document = {
            name: sorted(maker.vocabulary_, key=maker.vocabulary_.get)
            for name, maker in self._words.items()
        }
        arrays = {
            f"idf_{name}": maker.idf_.astype(np.float32) for name, maker in self._words.items()
        }
        if self._mean is not None:
            arrays["mean"] = self._mean.astype(np.float32)
        return document, arrays

    @classmethod
    def load(cls, document: dict[str, Any], arrays: dict[str, Any]) -> Reader:
        words = {}
        for name, cut in BLOCKS.items():
            maker = extraction.TfidfVectorizer(
                analyzer=cut, vocabulary=document[name], sublinear_tf=True, dtype=np.float32
            )
            maker.idf_ = arrays[f"idf_{name}"]
            words[name] = maker
        return cls(words, arrays.get("mean"))


def _column(rows: Sequence[Seen], name: str) -> list[str]:
    if name == "earlier":
        return ["\n".join(row.earlier) for row in rows]
    return [getattr(row, name) for row in rows]


def _places(rows: Sequence[Seen]) -> Any:
    place = [min(len(row.earlier), PLACES - 1) for row in rows]
    shape = (len(rows), PLACES)
    return sparse.csr_matrix(
        (np.ones(len(rows), dtype=np.float32), (np.arange(len(rows)), place)), shape=shape
    )


def encode(rows: Iterable[Seen], embed: Encode | None) -> dict[str, Vectors]:
    """The vector of every text in the rows; nothing without an encoder."""
    if embed is None:
        return {}
    texts = list(
        dict.fromkeys(text for row in rows for text in (row.now, row.agent, *row.earlier) if text)
    )
    # An empty turn is a turn, too.
    texts.append("")
    return dict(zip(texts, embed.embed(texts), strict=True))
