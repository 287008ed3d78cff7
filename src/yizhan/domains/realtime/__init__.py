"""The live interface: server-sent events made from the log, filtered for each reader.

A snapshot plus the stream equals a fresh snapshot: a frame carries the current row of what changed,
never a difference. Frames go through the same permission function as everything else. A reader who
is too slow gets ``resync`` instead of an endless queue.
"""
