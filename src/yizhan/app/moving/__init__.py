"""A whole workspace as open files, and back: to leave, to move house, to look into it with other tools."""
