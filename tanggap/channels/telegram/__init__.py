"""Telegram: a bot in a private chat."""
