"""What may be done on the customers' pages."""
