"""Cases of the system before, with their times: read, checked and written in bulk (ARCHITECTURE §5)."""
