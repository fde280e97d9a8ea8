"""Posters with a QR code that says where the report came from."""
