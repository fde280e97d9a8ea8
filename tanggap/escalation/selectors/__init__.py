"""Reads of the ladders: one subject a file."""
