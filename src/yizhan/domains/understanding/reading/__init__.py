"""Reading messages: text and models in, readings out; one thread of a process does the arithmetic."""
