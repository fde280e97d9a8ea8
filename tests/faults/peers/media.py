"""Files as WhatsApp and Telegram hand them out, for `providers.Providers`: `peers.files[reference] = content`.

WhatsApp: the id gives an address, the address the bytes, both for the token alone. Telegram: getFile names a path.
`peers.file_urls` lets an address of WhatsApp lead elsewhere.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "Bearer wa-token"
BOT, BOT_FILES = "/bot42:TG/getFile", "/file/bot42:TG/files/"
TOO_BIG = 20 * 1024 * 1024

Answer = tuple[int, Any]


def is_media(method: str, path: str) -> bool:
    """Whether somebody asks for a file."""
    if method != "GET":
        return False
    return path.startswith(("/bot", "/file/")) or path.strip("/").isdecimal() or path.startswith("/whatsapp-file/")


def answer(peers: Any, address: str, headers: Any) -> Answer:
    """Status, and an object or the bytes."""
    path = urlsplit(address).path
    return _telegram(peers, address, path) if path.startswith(("/bot", "/file/")) else _whatsapp(peers, path, headers)


def _whatsapp(peers: Any, path: str, headers: Any) -> Answer:
    if headers.get("Authorization") != TOKEN:
        return 401, {"error": {"message": "(#190) …", "type": "OAuthException", "code": 190}}
    reference = path.rsplit("/", 1)[-1]
    content = peers.files.get(reference)
    if content is None:
        return 400, {"error": {"message": "(#100) …", "type": "GraphMethodException", "code": 100, "error_subcode": 33}}
    if path.startswith("/whatsapp-file/"):
        return 200, content
    url = peers.file_urls.get(reference, f"{peers.url}/whatsapp-file/{reference}")
    told = {"url": url, "mime_type": "application/octet-stream", "sha256": sha256(content).hexdigest()}
    return 200, {**told, "file_size": len(content), "id": reference, "messaging_product": "whatsapp"}


def _telegram(peers: Any, address: str, path: str) -> Answer:
    if path.startswith(BOT_FILES):
        content = peers.files.get(path.removeprefix(BOT_FILES))
        return (200, content) if content is not None else (404, {"ok": False, "error_code": 404})
    if path != BOT:
        return 404, {"ok": False, "error_code": 404, "description": "Not Found"}
    reference = parse_qs(urlsplit(address).query).get("file_id", [""])[0]
    content = peers.files.get(reference)
    if content is None:
        return 400, {"ok": False, "error_code": 400, "description": "Bad Request: invalid file_id"}
    if len(content) > TOO_BIG:
        return 400, {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}
    result = {"file_id": reference, "file_size": len(content), "file_path": f"files/{reference}"}
    return 200, {"ok": True, "result": result}
