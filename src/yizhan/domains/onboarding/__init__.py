"""From an empty workspace to the first answered ticket: what is done and what comes next.

Nothing is stored but the end: each step is read from what is really there.
"""
