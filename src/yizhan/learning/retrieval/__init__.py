"""The right article for a question.

Two rankers that fail differently are added up: pieces of words (BM25, as the share of the query that an
article covers) and meaning (vectors of the encoder, centred, less what makes an article near to
everything). Without an encoder words alone decide. What people accepted as answers re-ranks.

    index = retrieval.Index.build(entries, embedder)
    index.learn(accepted)
    hits = index.search("how do I get my money back", 3)
"""

from yizhan.learning.retrieval.adoption import Adoption
from yizhan.learning.retrieval.index import Index, parts
from yizhan.learning.retrieval.types import Accepted, Entry, Hit, Weights, Why

__all__ = ["Accepted", "Adoption", "Entry", "Hit", "Index", "Weights", "Why", "parts"]
