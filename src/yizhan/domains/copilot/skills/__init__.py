"""Skills: decisions about customers' messages whose freedom is earned by results, and lost by them.

A skill is an extension folder. It begins in the shadow: its decisions are kept and compared with what
people did, and nobody sees them. With enough that were right it is shown, then prepared for one key, then
done by itself; never further than an administrator allows, and back again when results fall.
"""
