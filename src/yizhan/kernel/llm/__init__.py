"""Model servers that speak OpenAI's chat-completions protocol: DeepSeek, Qwen, vLLM, Ollama, llama.cpp …

A protocol client and what protects from the other side: time-outs for the first byte, for silence and
for the whole; bounded answers; a rest after failures in a row; half answers known as such. It knows no
tenant, no database, no prompt. Whoever calls it has no transaction open.

``client``    one question, whole or as a stream
``shaped``    answers of a given form: asked for, checked, repaired once
``resting``   a server that keeps failing is left alone for a while
"""

from yizhan.kernel.llm.client import ask, endpoint, stream
from yizhan.kernel.llm.resting import Rests
from yizhan.kernel.llm.shaped import shaped
from yizhan.kernel.llm.types import ModelFailed, Options, Piece, Reply, Said, Server, Usage, guess

__all__ = [
    "ModelFailed",
    "Options",
    "Piece",
    "Reply",
    "Rests",
    "Said",
    "Server",
    "Usage",
    "ask",
    "endpoint",
    "guess",
    "shaped",
    "stream",
]
