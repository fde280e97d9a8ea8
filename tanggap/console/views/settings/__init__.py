"""Rules an office can change: calendars, limits, ladders."""
