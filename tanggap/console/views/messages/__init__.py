"""Pages about messages: what waits, what failed, what is said, what it costs."""
