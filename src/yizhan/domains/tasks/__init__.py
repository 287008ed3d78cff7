"""Work on tickets beside the conversation: time, checklists with templates, reminders.

Invariants: an agent has at most one running timer; a reminder and the due time of an item are told exactly
once, because the row that remembers it is written in the transaction that tells it.
"""
