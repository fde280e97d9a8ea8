"""Rankings in the console: periods and their steps, the simulator, flags."""
