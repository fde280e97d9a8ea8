"""Taking words in."""
