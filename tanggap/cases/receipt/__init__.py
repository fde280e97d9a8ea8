"""The receipt on paper: what the citizen takes home."""
