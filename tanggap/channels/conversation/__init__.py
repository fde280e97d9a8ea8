"""The conversation, pure: memory × words → memory, answers, deeds."""
