"""Custom fields of tickets, customers and companies, the rules between them, and the forms that ask.

Invariants: one evaluator (:mod:`yizhan.domains.fields.logic.evaluate`) decides for the interface, the
API, forms and imports. A set of rules that contradicts itself or runs in circles is never stored, so
evaluation ends and does not depend on the order of the rules. A field that an actor may not see does
not exist for them: not in answers, history or events, and not as a key that can be written.
"""
