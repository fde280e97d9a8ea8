"""Words going out: the outbox and its transports. Takes values only."""
