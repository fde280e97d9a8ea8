"""Ladders of reminders and letters that hold an agency to its time."""
