"""Officers' pages, a module for each group."""
