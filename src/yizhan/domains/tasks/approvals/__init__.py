"""Items of a checklist that are approvals: somebody is asked, says yes or no, and why.

Invariants: what was asked is what was approved, because the words of an approval change only by asking again;
who asked does not approve, unless the workspace allows it; an item is done when and only when it is approved.
"""
