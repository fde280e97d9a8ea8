"""What citizens type: one form a question."""
