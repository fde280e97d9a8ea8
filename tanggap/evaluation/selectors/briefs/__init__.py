"""Reads for briefs: whose, over which cases, and the brief itself."""
