"""The counter: an officer writes down what a citizen says."""
