"""Letters of the ladders: gathered by recipient, step and day, numbered without gaps, and kept as they were issued."""
