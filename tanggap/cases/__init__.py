"""The case: submission, verification, disposition, follow-up, closing."""
