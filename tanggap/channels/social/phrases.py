"""What we answer to somebody whose words stood under a post. Called under the language of the chat."""

from __future__ import annotations

from django.utils.translation import gettext as _


def question(number: str) -> str:
    """The one private message that a network allows before the person has written: is it yours, is it meant so?"""
    return _(
        "Terima kasih. Tulisan Anda kami catat sebagai laporan %(number)s. Benarkah Anda yang menulisnya, dan Anda "
        "ingin melaporkannya? Balas YA, atau balas BATAL bila bukan.\n\n"
        "Sesudah itu tempat dan foto dapat dikirim di sini. Nomor itu terlihat umum di bawah tulisan Anda, jadi isi "
        "laporan dan tambahan Anda dapat dibaca orang. Balas RAHASIA bila itu tidak boleh."
    ) % {"number": number}


def confirmed(number: str) -> str:
    """After yes."""
    return _(
        "Laporan %(number)s sudah dikonfirmasi, terima kasih. Kirim tempat, foto, atau keterangan lain di sini bila "
        "ada."
    ) % {"number": number}


def withdrawn(number: str) -> str:
    """After no."""
    return _("Laporan %(number)s dibatalkan. Tidak ada yang diteruskan ke instansi.") % {"number": number}


def hidden(number: str) -> str:
    """After a wish for secrecy: what can be kept from now on, and what cannot."""
    return _(
        "Laporan %(number)s sekarang dirahasiakan: isinya tidak tampil di mana pun. Tulisan Anda di tempat umum tetap "
        "terlihat; hapus bila tidak ingin dikenali."
    ) % {"number": number}


def which(numbers: str) -> str:
    """When several wait for a yes."""
    return _("Ada beberapa laporan dari tulisan Anda: %(numbers)s. Tulis YA atau BATAL dengan nomornya.") % {
        "numbers": numbers
    }


def write_here() -> str:
    """To whoever asked for secrecy where everybody reads. Nothing of it is repeated."""
    return _(
        "Anda menulis kepada kami di tempat umum. Di sana siapa pun melihat nama Anda, jadi kerahasiaan tidak dapat "
        "kami jaga. Sebaiknya hapus tulisan itu, lalu tulis di sini: apa yang terjadi dan di mana. Di sini kami "
        "menjaganya."
    )


def say_more() -> str:
    """To whoever called us and said nothing that could be a report."""
    return _("Anda menyapa kami. Bila ingin melapor, tulis di sini apa yang terjadi dan di mana.")
