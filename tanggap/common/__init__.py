"""Errors, time, identifiers, keys, masking and page components; knows no app."""
