"""Service workers: scripts that keep one page for the time without network, and never a page about somebody."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.http import HttpResponse

LINKED = re.compile(r'(?:href|src)="(/(?:static|merek)/[^"]+)"')


def worker_script(source: Path, *, shell: str, html: str, more: Mapping[str, object]) -> HttpResponse:
    """The script `source` with `KEPT` before it: version, the address of the shell, the files its page links to.

    `html` is the shell as it is kept: the script changes with it, so that browsers fetch both anew.
    """
    kept = {
        "version": sha256(html.encode()).hexdigest()[:16],
        "shell": shell,
        "assets": sorted(set(LINKED.findall(html))),
        **more,
    }
    script = f"const KEPT = {json.dumps(kept)};\n{source.read_text(encoding='utf-8')}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
