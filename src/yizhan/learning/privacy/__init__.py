"""What must not leave as it is: found, replaced by typed tokens, filled in again.

Pure and offline: rules and checksums, no model. A text goes out with ``‹PHONE_1›`` where a number
stood; the same value has the same token through a whole conversation; what comes back is filled in
here. The time is bounded by the length of the text, whatever is in it: no rule of a user is a regular
expression, and ours repeat nothing without a limit.

What is not found: names that nobody introduced, that belong to none of the known people and stand in
plain prose; addresses without any word for a place; numbers below nine digits that nothing names;
anything that was encoded (short base64, pictures, handwriting). Long encoded words are hidden as secrets.

``recognise``   the kinds and where they stand
``veil``        hiding and filling in, whole or as a stream
"""

from yizhan.learning.privacy.recognise import find
from yizhan.learning.privacy.types import KINDS, Found, NumberRule, Rules
from yizhan.learning.privacy.veil import Filling, Veil

__all__ = ["KINDS", "Filling", "Found", "NumberRule", "Rules", "Veil", "find"]
