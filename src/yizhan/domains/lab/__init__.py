"""The evaluation lab: golden sets, runs over them, and changes that must not make them worse.

``likeness`` and ``grading`` are pure. ``measuring`` asks the domains below what they would say of a case,
as it is or as a change would make it. Runs are jobs of the worker; a change that is guarded waits for its
runs and is then made, or held with the cases that it broke.
"""
