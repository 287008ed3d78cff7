"""What the desk does to tickets on somebody's word: actions, macros, work on many tickets at once.

An action is an extension folder. Every run of actions on a ticket is one change set with its cause
and all that is needed to take it back; it is written in the same transaction as what it changed.
"""
