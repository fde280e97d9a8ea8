"""Facebook and Instagram through Meta's Graph API: messages, one private reply to a post, and replies under it.

Within 24 hours of a person's last message anything may be written, afterwards nothing: the tag HUMAN_AGENT is for
people, and an automatic message that carries it costs the page its right to write. So the window is left to Meta,
and "outside of it" is the end of this way. Who commented and never wrote may be answered in private once, within
seven days.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from tanggap.notify.places import Place
from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.pieces import in_bytes, one_piece, pieces
from tanggap.notify.transports.wire import Answer, Wire

API_BASE = "https://graph.facebook.com/v24.0"
NOT_IN_PUBLIC = "umum: laporan ini tidak boleh disebut di muka umum"
NO_SUCH_PLACE = "alamat: tempat ini tidak ada di jejaring itu"
_UNKNOWN = "jawaban: Meta menjawab tanpa nomor pesan"

# https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes and
# https://developers.facebook.com/docs/graph-api/guides/error-handling
_WINDOW = {2018278, 2018065, 2534022}
_NOBODY_SUBCODES = {1545041, 2018001, 2018108, 2018027, 2534014}
_NOBODY = {551, 2022, 2018001}
_GONE_SUBCODES = {33}
_GONE = {803, 10903, 1705}
_ANSWERED = {10900}
_PROVIDER = {
    3: "aplikasi tidak berhak melakukan ini",
    4: "batas panggilan aplikasi tercapai",
    10: "izin mengirim belum diberikan atau dicabut",
    17: "batas panggilan akun tercapai",
    32: "batas panggilan halaman tercapai",
    102: "sesi kunci akses berakhir",
    190: "kunci akses kedaluwarsa",
    200: "izin halaman belum diberikan atau dicabut",
    230: "izin kirim pesan belum diberikan",
    368: "halaman dibatasi karena pelanggaran",
    613: "batas kiriman tercapai",
    80002: "batas panggilan Instagram tercapai",
    80006: "batas panggilan pesan tercapai",
}
_LATER = {1: "gangguan sesaat di penyedia", 2: "layanan sesaat tidak tersedia", 1200: "gangguan sesaat di penyedia"}
_WAIT = {4: 300.0, 17: 300.0, 32: 300.0, 613: 60.0, 80002: 300.0, 80006: 300.0}


class GraphTransport:
    """Settings: token, page_id, instagram_id, api_base. The token goes in a header, never in an address."""

    most: ClassVar[int]
    most_public: ClassVar[int]

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._base = (settings.get("api_base") or API_BASE).rstrip("/")
        self._page, self._account = settings["page_id"], settings.get("instagram_id", "")
        self._headers = {"Authorization": f"Bearer {settings['token']}"}
        self._wire = Wire()

    def send(self, message: Rendered) -> Accepted:
        place = Place.parsed(message.address)
        if place.public:
            return self._say(place, message.text)
        return self._write(place, message.text)

    def close(self) -> None:
        self._wire.close()

    def _say(self, place: Place, text: str) -> Accepted:
        """A reply everybody can read. It stands there; whether the person saw it Meta does not tell."""
        if not text:
            raise Permanent(NOT_IN_PUBLIC)
        path, more = self.reply_to(place)
        said = self._post(path, {**more, "message": one_piece(text, self.most_public)})
        return Accepted(provider_id=f"comment:{_id(said, 'id')}")

    def _write(self, place: Place, text: str) -> Accepted:
        """Messages in private, the last one's number; of several pieces to a post only the first may be sent."""
        recipient = self.recipient(place)
        parts = pieces(text, self.most, self.measure)
        provider_id = ""
        for part in parts if place.kind == "person" else [one_piece(text, self.most, self.measure)]:
            body: dict[str, Any] = {"recipient": recipient, "message": {"text": part}}
            if place.kind == "person":
                body["messaging_type"] = "RESPONSE"
            provider_id = _id(self._post(f"{self._page}/messages", body), "message_id")
        return Accepted(provider_id=provider_id)

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = self._wire.post_json(f"{self._base}/{path}", body, self._headers)
        if not answer.good:
            raise failure_of(answer)
        return answer.object()

    def measure(self, text: str) -> int:
        """How the network counts a message's length."""
        return len(text)

    def recipient(self, place: Place) -> dict[str, str]:
        """Whom a private message is for."""
        return {{"comment": "comment_id", "post": "post_id"}.get(place.kind, "id"): place.number}

    def reply_to(self, place: Place) -> tuple[str, dict[str, str]]:
        """Where a public reply is posted, and what has to be said beside its words. Raises Permanent."""
        raise NotImplementedError


class FacebookTransport(GraphTransport):
    """Messenger and the page's own comments."""

    most = 2000
    most_public = 8000

    def reply_to(self, place: Place) -> tuple[str, dict[str, str]]:
        if place.kind not in ("comment", "post"):
            raise Permanent(NO_SUCH_PLACE)
        return f"{place.number}/comments", {}


class InstagramTransport(GraphTransport):
    """Instagram's messages, replies to comments on our posts, and replies where our account was named."""

    most = 1000
    most_public = 1000

    def measure(self, text: str) -> int:
        return in_bytes(text)

    def reply_to(self, place: Place) -> tuple[str, dict[str, str]]:
        if place.kind == "comment":
            return f"{place.number}/replies", {}
        if place.kind != "mention" or not self._account:
            raise Permanent(NO_SUCH_PLACE)
        where = {"media_id": place.number} | ({"comment_id": place.more} if place.more else {})
        return f"{self._account}/mentions", where


def _id(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found:
        raise Temporary(_UNKNOWN)
    return found[:190]


def failure_of(answer: Answer) -> TransportError:
    """What an answer other than 2xx means for this message, and for the others."""
    error = answer.object().get("error")
    given = error if isinstance(error, dict) else {}
    code, subcode = _number(given.get("code")), _number(given.get("error_subcode"))
    found = _of_recipient(code, subcode) or _of_provider(answer, code)
    return found or Permanent(f"{code or answer.status}: Meta menolak pesan ini")


def _of_recipient(code: int, subcode: int) -> TransportError | None:
    """What is wrong with this one address; the others are not concerned, whatever the code means elsewhere."""
    if subcode in _WINDOW:
        return Permanent(f"{subcode}: sudah lewat 24 jam sejak pesan terakhir orang ini")
    if subcode in _NOBODY_SUBCODES or code in _NOBODY:
        return Permanent(f"{subcode or code}: orang ini tidak dapat dikirimi pesan", address_is_dead=True)
    if code in _ANSWERED:
        return Permanent(f"{code}: kiriman ini sudah pernah dibalas secara pribadi")
    if code in _GONE or (code == 100 and subcode in _GONE_SUBCODES):
        return Permanent(f"{code}: kiriman ini sudah dihapus atau ditutup", address_is_dead=True)
    return None


def _of_provider(answer: Answer, code: int) -> TransportError | None:
    wait = answer.retry_after or _WAIT.get(code)
    if code in _PROVIDER:
        return ProviderDown(f"{code}: {_PROVIDER[code]}", retry_after=wait)
    if code in _LATER:
        return Temporary(f"{code}: {_LATER[code]}", retry_after=wait)
    if answer.status >= 500 or answer.status in {401, 403, 429}:
        return ProviderDown(f"{answer.status}: Meta sedang tidak melayani kiriman ini", retry_after=wait)
    return None


def _number(given: Any) -> int:
    return given if isinstance(given, int) and given > 0 else 0
