"""Inbound words: SMS, WhatsApp, Telegram, e-mail, social media."""
