"""Indonesian words too common to search for. Pure.

PostgreSQL's configuration `indonesian` stems but leaves no word out, and a dictionary with stop words of our own would
need a file in the server's folder. So they are taken out here: of a case's words after stemming, of a question before.
"""

from __future__ import annotations

import re
from typing import Final

STOP_WORDS: Final = frozenset(
    """
    ada adalah agar akan aku anda antara apa apabila apakah atas atau bagi bahwa baik bapak beberapa begitu belum
    berupa bisa boleh buat bukan dalam dan dapat dari dengan di dia dll dong hal hanya hingga ia ibu ini itu iya jadi
    jangan jika juga kah kak kalau kami kamu karena ke kepada ketika kita lagi lah lain maka masih mau melalui mereka
    mohon namun nya oleh pada pak para per pun saat saja sama sampai sangat saya sebagai sebuah secara sedang sehingga
    sejak selama seperti serta sering setelah setiap si sini situ suatu sudah supaya tapi telah tentang terhadap
    terima terimakasih kasih tersebut tetap tetapi tidak tolong tp tsb ttg untuk utk walau yaitu yang yg
    dgn dlm dr dg gak ga nggak krn sdh udah blm jg
    """.split()
)
EITHER: Final = frozenset({"atau", "or"})
_PIECE = re.compile(r'-?"[^"]*"|[^\s"]+')
_WORD = re.compile(r"\w+")


def asked_words(text: str) -> str:
    """A question as a web search writes it, without stop words: `"`, `-` and `atau` keep their meaning.

    A phrase with a stop word in it is asked as its single words, since what is searched has no such word. Empty when
    nothing but stop words was asked.
    """
    kept: list[str] = []
    for piece in _PIECE.findall(text.replace("\0", " ")):
        if piece.lower() in EITHER:
            if kept and kept[-1] != "or":
                kept.append("or")
            continue
        kept += _without_stop_words(piece)
    while kept and kept[-1] == "or":
        kept.pop()
    return " ".join(kept)


def _without_stop_words(piece: str) -> list[str]:
    words = _WORD.findall(piece)
    telling = [word for word in words if word.lower() not in STOP_WORDS]
    if len(telling) == len(words):
        return [piece] if words else []
    return [] if piece.startswith("-") else telling
