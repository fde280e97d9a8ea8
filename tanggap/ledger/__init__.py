"""What happened: append-only events, their hash chain, their checkpoints."""
