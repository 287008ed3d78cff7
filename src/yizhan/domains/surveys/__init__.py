"""Satisfaction: customers are asked after a ticket is done, by the way that they wrote, and answer on a page.

Invariants: opening a link never votes, because programs open links too; a vote is a form that somebody
sends. A customer is asked once about a ticket, and not more often than the workspace wants. What a machine
wrote is never asked back.
"""
