"""Extensions: one folder each."""
