"""Bringing an instance up: its folder, its keys, its database, its processes. Starts Django only in children."""
