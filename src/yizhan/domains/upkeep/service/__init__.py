"""What may be done for the health of the knowledge base."""
