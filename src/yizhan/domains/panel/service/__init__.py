"""What may be done with sources beside a ticket."""
