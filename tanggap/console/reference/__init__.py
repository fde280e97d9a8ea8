"""Reference data for the national admin: looked up in Django's admin, changed in rooms of ours through services."""
