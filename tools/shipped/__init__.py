"""What is trained on our own text and comes with the program, a module a head."""
