"""E-mail: IMAP in, SMTP out, and everything that real mail does wrong in between."""
