"""What the reporter of a case is told, how, and what may stand in it."""
