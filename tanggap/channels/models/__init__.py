"""What came in by the channels, who is talking to us, and the doors each brand opens."""

from tanggap.channels.models.chat import Chat
from tanggap.channels.models.doors import Keyword, Position, SourceTag, TagKind
from tanggap.channels.models.inbound import Inbound, InboundState
from tanggap.channels.models.sms import SmsPart
from tanggap.channels.models.voice import VoiceNote

__all__ = ["Chat", "Inbound", "InboundState", "Keyword", "Position", "SmsPart", "SourceTag", "TagKind", "VoiceNote"]
