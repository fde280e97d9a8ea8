"""How an officer is reached."""

from __future__ import annotations

from tanggap.accounts.models import Person
from tanggap.notify.outgoing import Way


def ways_to_person(person: Person, *, loud: bool = False) -> list[Way]:
    """The free ways before those that cost; `loud` puts the telephone first, for what cannot wait till morning."""
    order = ("whatsapp", "sms", "email") if loud else ("email", "whatsapp", "sms")
    known = {"email": person.email, "whatsapp": person.phone, "sms": person.phone}
    return [Way(channel, address) for channel in order if (address := known[channel])]
