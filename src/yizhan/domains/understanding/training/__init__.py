"""Learning: labels that people gave, versions of models made of them, how good they are.

Training runs in a process of its own below the worker, so that nothing else waits for it. What is in
use is read from the database with every batch of messages; nothing needs a restart.
"""
