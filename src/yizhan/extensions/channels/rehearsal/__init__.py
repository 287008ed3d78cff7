"""Exercises of agents: the customer is a script, and nothing ever leaves."""
