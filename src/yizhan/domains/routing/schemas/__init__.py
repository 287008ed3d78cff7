"""What the API takes and gives of presence and assignment."""
