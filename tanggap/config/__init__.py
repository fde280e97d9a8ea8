"""Settings, addresses and the table of reactions: the only place that knows every app."""
