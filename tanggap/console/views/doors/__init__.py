"""Pages about the doors of each brand."""
