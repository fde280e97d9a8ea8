"""Mail before there is a way to send it: a closed folder, where the operator of a pilot finds the links."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend


class MailFolder(EmailBackend):
    """One file a message in DIR/mail, readable by the server's own user only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        folder = settings.DATA_DIR / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chmod(folder, 0o700)
        kwargs["file_path"] = str(folder)
        super().__init__(*args, **kwargs)
