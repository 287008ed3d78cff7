"""Services of learning."""
