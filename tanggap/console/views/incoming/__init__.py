"""Pages about what came in and waits for a person."""
