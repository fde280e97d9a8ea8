"""What a person said, whatever the channel: what every reader makes of a provider's payload. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["picture", "document", "video", "audio", "sticker"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who speaks. `account` is the one spelling by which the person is known on the channel; `address` where an answer
    goes; `phone` (E.164) and `email` where the channel vouches for them. `hint` is what officers may see. `formerly`
    are other accounts of the same person, by the provider's word: a number before the id, an id before it changed."""

    channel: str
    account: str
    address: str
    phone: str = ""
    email: str = ""
    hint: str = ""
    formerly: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How `Contact.account` and the blind index name this person: `telegram:5012345`."""
        return f"{self.channel}:{self.account}"


@dataclass(frozen=True, slots=True)
class Media:
    """A file the provider keeps for us, to be fetched by its reference; or, for e-mail, its part of the payload."""

    reference: str
    kind: Kind
    name: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Where words stand that everybody can read.

    `number` names them on the network, whatever brings them: a comment, a post, or on X the first of its versions.
    `public` and `private` are addresses (`notify.places`) of an answer below them and of one to their author, empty
    where there is none. `on_our_page` is said to us even without our name. `incomplete` words are still to be fetched.
    """

    number: str
    public: str = ""
    private: str = ""
    deed: Literal["said", "edited", "removed"] = "said"
    on_our_page: bool = False
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person.

    `quotes` is the provider's id of the message that is answered or corrected, `choice` the id of a pressed button,
    `number` a tracking id that the address or the quoted message itself names (`lapor+ID@…`), `source` the tag of a
    poster whose link opened the chat, `post` where the words stand if everybody can read them.
    """

    sender: Sender
    text: str = ""
    at: datetime | None = None
    media: tuple[Media, ...] = ()
    point: tuple[float, float] | None = None
    choice: str = ""
    quotes: str = ""
    number: str = ""
    source: str = ""
    post: Post | None = None

    @property
    def public(self) -> bool:
        """Whether everybody could read it: then it is no conversation."""
        return self.post is not None


@dataclass(frozen=True, slots=True)
class Moved:
    """The provider says that a person goes by another account from now on (`sender.formerly`). Nobody spoke."""

    sender: Sender


Read = Said | Moved | None
"""What a reader makes of a payload; None where it is no person's word."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files of a message that are in our keeping, each as a draft under its token; why others were not taken.

    An empty reason: the provider could not hand the file out.
    """

    files: int = 0
    voices: int = 0
    tokens: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Unreadable(Exception):
    """The payload cannot be understood. The text says why, without anything of the payload in it."""
