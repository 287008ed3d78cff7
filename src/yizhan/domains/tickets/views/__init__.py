"""Views: kept conditions with columns, an order and people who share them.

Invariants: who cannot see a view is told that there is none; a view shows each reader only the tickets
that this reader may see; its count is exact while it holds only active tickets, else at most 1,000 are
counted.
"""
