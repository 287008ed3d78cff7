"""Search for people and companies."""
