"""Invented people and cases that show a living system."""
