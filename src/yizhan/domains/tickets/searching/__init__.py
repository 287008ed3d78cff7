"""Search for tickets by words, phrases and operators; lists use the same for ``q``.

Invariants: nothing is found that the reader may not see, decided in the query itself; a page goes on
exactly behind the last hit; each ticket is one hit, at its newest message that matches.
"""
