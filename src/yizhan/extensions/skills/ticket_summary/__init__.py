"""A ticket in a few lines, for whoever takes it over."""
