"""What could be done now, from what is known of a ticket."""
