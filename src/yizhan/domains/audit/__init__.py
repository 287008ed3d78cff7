"""The audit log: who did what, written once, each row sealed by the hash of the one before."""
