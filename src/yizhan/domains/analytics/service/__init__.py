"""What reports can do: keep facts up to date, and answer from them."""
