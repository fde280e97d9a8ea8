"""Invented, labelled complaints, and how well masking finds what is marked in them."""
