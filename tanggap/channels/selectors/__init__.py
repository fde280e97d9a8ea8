"""Reads of what belongs to the channels."""
