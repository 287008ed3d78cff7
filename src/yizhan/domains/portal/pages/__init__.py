"""The pages as HTML. Pure: every text is escaped, save markup that was cleaned when it was saved."""
