"""Report cards: what an agency received, how fast it answered, what it closed."""
