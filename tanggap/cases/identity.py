"""The reporter's identity: apart from the case, encrypted, opened by nobody in passing (DOMAIN §6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, IdentityShare, Reporter, Reveal
from tanggap.cases.secret_codes import account_index, sender_index
from tanggap.common.contacts import normalize_email, normalize_phone
from tanggap.common.crypto import blind_index, seal_json, unseal_json
from tanggap.common.errors import Invalid, Refused

STAYS_OPEN = timedelta(hours=24)
LONGEST = {"name": 120, "phone": 40, "email": 254, "address": 300, "account": 200, "post": 200}


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the reporter. Every field may be empty; `person_id` links an account without a readable link.

    `discreet` keeps everything but number, clock and link out of messages: the phone is shared. `account` is where
    the reporter writes from on a channel that goes by neither phone nor e-mail: `telegram:5012345`. `post` is where it
    was said for everybody to read (`facebook:public:comment:77`): whoever opens it reads the author's name there.
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    person_id: int | None = None
    discreet: bool = False
    account: str = ""
    post: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields that say something, as they are sealed and shown."""
        return {name: value for name, value in asdict(self).items() if name in LONGEST and value}

    def only(self, chosen: Collection[str]) -> Contact:
        """The same contact with nothing but the chosen fields."""
        return Contact(**{name: getattr(self, name) for name in LONGEST if name in chosen})


def checked_contact(contact: Contact) -> Contact:
    """The same contact with phone and e-mail in one spelling. Raises Invalid with the field."""
    values = {name: " ".join(getattr(contact, name).replace("\x00", "").split()) for name in LONGEST}
    for name, value in values.items():
        if len(value) > LONGEST[name]:
            raise Invalid(_("Terlalu panjang: paling banyak %(n)d huruf.") % {"n": LONGEST[name]}, field=name)
    phone = normalize_phone(values["phone"]) if values["phone"] else ""
    if phone is None:
        raise Invalid(
            _("Nomor telepon ini tidak dapat dipakai. Contoh: 0812-3456-7890."), field="phone", code="wrong_phone"
        )
    email = normalize_email(values["email"]) if values["email"] else ""
    if email is None:
        raise Invalid(_("Alamat surel ini tidak lengkap. Contoh: nama@contoh.id."), field="email", code="wrong_email")
    return replace(
        contact,
        name=values["name"],
        phone=phone,
        email=email,
        address=values["address"],
        account=values["account"],
        post=values["post"],
    )


def _context(tracking_id: str) -> str:
    return f"reporter:{tracking_id}"


def new_reporter(case: Case, contact: Contact | None) -> Reporter | None:
    """The row that keeps an identity; none where nothing was given, which is allowed."""
    if contact is None:
        return None
    contact = checked_contact(contact)
    if not contact.fields and contact.person_id is None:
        return None
    return Reporter(
        case=case,
        sealed=seal_json(contact.fields, context=_context(case.tracking_id)) if contact.fields else None,
        phone_index=blind_index("phone", contact.phone) if contact.phone else None,
        email_index=blind_index("email", contact.email) if contact.email else None,
        account_index=account_index(contact.person_id) if contact.person_id else None,
        sender_index=sender_index(contact.account) if contact.account else None,
        discreet=contact.discreet,
    )


def open_identity(case: Case) -> Contact:
    """The identity in clear. Only `reveal_identity`, the reporter's own pages, outbound messages and what
    takes the name out of texts call this."""
    reporter = Reporter.objects.filter(case_id=case.pk).first()
    if reporter is None or reporter.sealed is None:
        return Contact()
    return Contact(**unseal_json(bytes(reporter.sealed), context=_context(case.tracking_id)))


def refuse_if_pressed(case: Case) -> None:
    """After the reporter spoke of pressure nobody opens the identity any more. Raises Refused."""
    if case.pressed:
        raise Refused(_("Identitas pelapor ini tidak dapat dibuka sekarang."), code="frozen")


def identity_seen_by(*, case: Case, actor: Actor, now: datetime) -> Contact | None:
    """The identity while a reveal of this officer is open; None otherwise."""
    if case.pressed:
        return None
    reveals = Reveal.objects.filter(case=case, asked_by_key=actor.key, approved_at__lte=now, closes_at__gt=now)
    return open_identity(case) if reveals.exists() else None


def shared_identity(*, case: Case, actor: Actor) -> Contact:
    """What the reporter chose to let the holding unit see, for its officers and as long as it holds the case."""
    if case.pressed or not any(grant.agency_id == case.agency_id for grant in actor.grants):
        return Contact()
    chosen = fields_shared(case)
    return open_identity(case).only(chosen) if chosen else Contact()


def fields_shared(case: Case) -> set[str]:
    """The fields that the unit holding the case may see by the reporter's own choice."""
    shares = IdentityShare.objects.filter(case=case, agency_id=case.agency_id)
    return {name for share in shares for name in share.fields}
