"""Attachments: checked, re-encoded, stored by the hash of their content."""
