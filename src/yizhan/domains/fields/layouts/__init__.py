"""Layouts: what an agent sees of a ticket, in which order and groups; by role, type and channel, in versions.

Invariants: a layout arranges and never decides. What a role may not read is not in the layout that the role
is given, and what a rule requires is shown whether or not a layout has it. Every save is a version; at most
one version is published; who tries a draft is the only one who sees it.
"""
