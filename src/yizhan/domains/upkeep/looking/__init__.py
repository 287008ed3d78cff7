"""What a check sees in its material. Pure: no database, no clock."""
