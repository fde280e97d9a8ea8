"""Rooms about satisfaction surveys."""
