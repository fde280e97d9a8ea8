"""A person's own cases and data, with an account or without one."""
