"""The rules of briefs for leaders: what leaves its usual range, what belongs together, what to ask. No Django."""
