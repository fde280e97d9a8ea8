"""How an officer is reached."""

from __future__ import annotations

from tanggap.accounts.models import Person
from tanggap.notify.outgoing import Way


def ways_to_person(person: Person, *, wished: str = "", loud: bool = False) -> list[Way]:
    """The channel wished for first, then the free ways before those that cost.

    `loud` puts the telephone before the mail, for what cannot wait till morning.
    """
    usual = ("whatsapp", "sms", "email") if loud else ("email", "whatsapp", "sms")
    order = sorted(usual, key=lambda channel: channel != wished)
    known = {"email": person.email, "whatsapp": person.phone, "sms": person.phone}
    return [Way(channel, address) for channel in order if (address := known[channel])]
