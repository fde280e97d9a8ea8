"""The survey on paper."""
