"""Citizens' pages, a module for each group."""
