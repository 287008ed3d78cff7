"""How tickets belong together: merge, split, link, parent and child, problem and incidents.

A merge moves conversations with their messages; who they are with and where answers go moves along
and is never changed. Each of these is one transaction and one row of ``ticket_operation`` with exactly
what takes it back. Taking back refuses when later work has moved the same things on.
"""
