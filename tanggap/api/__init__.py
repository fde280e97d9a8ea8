"""REST for local apps and other systems."""
