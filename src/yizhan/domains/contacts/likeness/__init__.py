"""Who may be one person: suggestions with reasons. Nobody is ever joined by a suggestion alone."""
