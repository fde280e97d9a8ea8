"""Pages of what an officer keeps for the own work."""
