"""Where providers call: /hooks/<channel>/<brand>."""

from __future__ import annotations

from django.urls import path

from tanggap.channels.hooks.meta import meta_hook
from tanggap.channels.hooks.sms import sms_hook
from tanggap.channels.hooks.telegram import telegram_hook
from tanggap.channels.hooks.whatsapp import whatsapp_hook

app_name = "hooks"
urlpatterns = [
    path("whatsapp/<slug:brand>", whatsapp_hook, name="whatsapp"),
    path("telegram/<slug:brand>", telegram_hook, name="telegram"),
    path("meta/<slug:brand>", meta_hook, name="meta"),
    path("sms/<slug:brand>", sms_hook, name="sms"),
]
