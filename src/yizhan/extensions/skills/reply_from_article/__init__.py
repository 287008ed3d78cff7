"""The skill reply_from_article."""
