"""What can be done about the installation's own state: look at it, promise, ask for help."""
