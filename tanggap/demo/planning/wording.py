"""Filling the words: streets, dates, sums and numbers of one case, the same in all its texts. Pure.

Nothing in here is anybody's: 0840 is assigned to no operator, identity numbers begin with a region that does not
exist, names are chance pairs, mail goes to a domain kept for examples (RFC 2606).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from tanggap.cases.workflow import Channel
from tanggap.demo.planning.cases import Person
from tanggap.demo.planning.facts import District, Place
from tanggap.demo.planning.matters import Bank, Matter

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DURATIONS = ("dua minggu", "tiga minggu", "sebulan", "dua bulan", "tiga bulan", "setengah tahun", "lima bulan")
DAYS = ("dua hari", "tiga hari", "empat hari", "lima hari", "seminggu")
SCHOOLS = ("SD Negeri 1", "SD Negeri 2", "SD Negeri 3", "SMP Negeri 2", "SMP Negeri 4", "MI Nurul Iman Baru")
TYPED = frozenset({Channel.SMS.value})
CHATTY = frozenset(
    c.value for c in (Channel.WHATSAPP, Channel.TELEGRAM, Channel.X, Channel.FACEBOOK, Channel.INSTAGRAM)
)
LETTERS = frozenset({Channel.LETTER.value, Channel.EMAIL.value})
FRAMES = {
    Channel.COUNTER.value: "desk",
    Channel.PHONE.value: "phone",
    Channel.VAN.value: "van",
    Channel.RADIO.value: "radio",
    Channel.X.value: "x",
}


def long_date(day: date) -> str:
    """`5 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def rupiah(amount: int) -> str:
    """`Rp150.000`."""
    return "Rp" + f"{amount:,}".replace(",", ".")


@dataclass(frozen=True)
class Wording:
    """The words of one case: its slots, filled once."""

    bank: Bank
    slots: dict[str, str]
    rng: Random

    def fill(self, template: str, **more: str) -> str:
        """The template with this case's slots."""
        return template.format_map({**self.slots, **more}).strip()

    def common(self, section: str, name: str, **more: str) -> str:
        """A filled text of those said around every matter."""
        return self.fill(self.bank.say(self.rng, section, name), **more)


def name_of(bank: Bank, rng: Random) -> str:
    """An invented name."""
    return f"{rng.choice(bank.names['first'])} {rng.choice(bank.names['last'])}"


def phone(rng: Random) -> str:
    """A number under a prefix that no operator has."""
    return f"0840{rng.randrange(10**7, 10**8)}"


def wording(
    bank: Bank, rng: Random, *, place: Place, district: District, office: str, received_at: datetime
) -> Wording:
    """The slots of a case."""
    names = bank.names
    hamlet = rng.choice(names["hamlet"])
    street = f"Jalan {rng.choice(names['street'])} {rng.choice(names['street_tail'])}".strip()
    happened = received_at.date() - timedelta(days=rng.randrange(0, 9))
    hour = received_at.astimezone(place.calendar.zone).hour
    slots = {
        "jalan": street,
        "dusun": hamlet,
        "kec": district.name,
        "kota": place.name,
        "rt": f"RT {rng.randrange(1, 12):02}/RW {rng.randrange(1, 9):02}",
        "kantor": office,
        "pasar": rng.choice(names["market"]),
        "sekolah": f"{rng.choice(SCHOOLS)} {rng.choice(names['hamlet'])}",
        "pkm": f"Puskesmas {rng.choice(names['hamlet'])}",
        "lama": rng.choice(DURATIONS),
        "hari": rng.choice(DAYS),
        "tgl": long_date(happened),
        "jam": f"pukul {rng.randrange(9, 12):02}.{rng.choice(('00', '15', '30', '45'))}",
        "jam_malam": f"pukul {rng.randrange(1, 4)} pagi",
        "rp": rupiah(rng.choice((5, 10, 25, 50, 75, 150, 200, 350, 500, 750, 1200)) * 1000),
        "n": str(rng.randrange(3, 18)),
        "m": str(rng.randrange(4, 40) * 10),
        "hp": phone(rng),
        "nama": name_of(bank, rng),
        "nik": f"99{rng.randrange(10**13, 10**14)}",
        "plat": f"{rng.choice('ABDEGHKLNRST')} {rng.randrange(1000, 9999)} X{rng.choice('XYZQ')}",
        "waktu": "pagi" if hour < 11 else "siang" if hour < 15 else "sore" if hour < 18 else "malam",
    }
    return Wording(bank, slots, rng)


def with_topic(words: Wording, about: str) -> Wording:
    """The same words, knowing how the matter is called."""
    called = words.fill(about)
    return Wording(words.bank, {**words.slots, "about": called, "about_cap": called[0].upper() + called[1:]}, words.rng)


@dataclass(frozen=True, slots=True)
class Told:
    """What was written, its title, and which story of the matter it tells."""

    text: str
    title: str
    strand: int


def tell(words: Wording, matter: Matter, channel: str) -> Told:
    """The words of a reporter in the register of the channel."""
    rng = words.rng
    style = _style(channel, rng)
    strand = rng.randrange(matter.strands)
    if style in ("short", "chat"):
        if len(matter.words[style]) != matter.strands:
            strand = 0
        text = words.fill(matter.pick(style, strand, rng))
    else:
        frame = FRAMES.get(channel, "letter" if style == "letter" else "plain")
        body = words.fill(_sentences(matter, strand, rng, words.bank))
        text = words.fill(words.bank.say(rng, "frames", frame), body=body)
    if style == "chat" and channel == Channel.X.value:
        text = words.fill(words.bank.say(rng, "frames", "x"), body=text)
    if rng.random() < 0.035:
        text += " " + words.common("contact", "hints")
    return Told(text, words.fill(matter.pick("titles", strand, rng))[:150], strand)


def _style(channel: str, rng: Random) -> str:
    if channel in TYPED:
        return "short"
    if channel in CHATTY:
        return "chat" if rng.random() < 0.7 else "plain"
    if channel in LETTERS:
        return "letter"
    if channel in FRAMES:
        return "plain"
    draw = rng.random()
    return "chat" if draw < 0.15 else "letter" if draw < 0.3 else "plain"


def _sentences(matter: Matter, strand: int, rng: Random, bank: Bank) -> str:
    parts = [matter.pick("say", strand, rng)]
    if rng.random() < 0.75:
        parts.append(matter.pick("effect", strand, rng))
    if rng.random() < 0.7:
        parts.append(bank.say(rng, "wishes", matter.classification))
    return " ".join(part for part in parts if part)


def invented_person(bank: Bank, rng: Random, *, channel: str, anonymous: bool) -> Person | None:
    """Who wrote it: what a channel tells by itself, and what people choose to give."""
    if anonymous and rng.random() < 0.55:
        return None
    name = name_of(bank, rng)
    mail = name.lower().replace(" ", ".") + f"{rng.randrange(10, 99)}@surel.example"
    by_phone = channel in TYPED or channel in (Channel.WHATSAPP.value, Channel.PHONE.value)
    wants_phone = by_phone or rng.random() < 0.6
    wants_mail = channel == Channel.EMAIL.value or rng.random() < 0.4
    if channel in (Channel.X.value, Channel.FACEBOOK.value, Channel.INSTAGRAM.value, Channel.RADIO.value):
        return Person(name=name) if rng.random() < 0.5 else None
    if not (wants_phone or wants_mail) and rng.random() < 0.85:
        wants_phone = True
    named = "" if anonymous or (channel in TYPED and rng.random() < 0.7) else name
    return Person(name=named, phone=phone(rng) if wants_phone else "", email=mail if wants_mail else "")
