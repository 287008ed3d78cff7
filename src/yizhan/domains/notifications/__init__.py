"""What concerns an agent: being named, being given a ticket, a customer's answer.

Invariants: nobody is told of their own doing, of the same thing twice, or of what they cannot see.
"""
