"""What customers mean and how they feel, read in each message as it arrives.

``service.signals(tx, ticket_ids)`` is what other domains ask. Nothing is guessed silently: a head that
is not sure says so, and what an agent said holds against what a model read.
"""
