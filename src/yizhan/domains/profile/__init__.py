"""What customers said of themselves, and where they stand with us.

Invariants: every fact has the message that says so, its time and how sure we are; of what can be true
only once, an agent's word holds, else the newest; what an agent took out does not come back; nothing of a
fact but its key is in the log, so that what is erased is gone. Facts stay with the contact of whom they
were said and are read through merges, so a merge and its undoing move nothing.
"""
