"""Addresses of what came in and waits for a person, below /kerja/masuk/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.incoming import chats, stuck, voices

urlpatterns: list[URLPattern] = [
    path("", stuck.stuck, name="incoming"),
    path("<int:inbound_id>/", stuck.one, name="incoming-one"),
    path("<int:inbound_id>/ulang/", stuck.retry, name="incoming-retry"),
    path("percakapan/", chats.chats, name="chats"),
    path("percakapan/<int:chat_id>/", chats.chat, name="chat"),
    path("percakapan/<int:chat_id>/kembalikan/", chats.release, name="chat-release"),
    path("suara/", voices.voices, name="voices"),
    path("suara/<int:note_id>/", voices.write, name="voice"),
]
