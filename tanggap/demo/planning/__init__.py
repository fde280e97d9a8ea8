"""What the example country lives through: facts in, planned cases out. Pure: no Django, no database.

The same seed, day and facts give the same plan, word for word; nothing in it happens after the day begins.
"""
