"""The copilot: summary, draft with sources, rewriting, translation, next step; with a model or without.

* It writes for an agent and does nothing itself: it has no tools, and nothing is sent without a person.
* Its sources are what the asking agent may read, nothing else.
* What leaves for a model server goes through the gateway: policy, budget, rate, personal data replaced,
  written down before it is sent. No transaction is open meanwhile.
* Whatever goes wrong with a server, there is an answer made without one, and it says so.
"""
