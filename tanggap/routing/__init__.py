"""Facts in, suggestions out: which agency, which similar report. Never sees a case."""
