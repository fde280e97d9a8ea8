"""Measured comparisons: a figure beside its floor, in one run, on a database of its own that is dropped afterwards."""
