"""The agent's own text in another tone."""
