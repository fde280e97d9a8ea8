"""Letters by e-mail: read from a mailbox, taken apart, and answered. What is written to us is a report or a reply."""
