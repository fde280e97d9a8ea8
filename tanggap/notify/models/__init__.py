"""What goes out: the outbox, how it goes out, and what it costs."""

from tanggap.notify.models.channel import Channel, ChannelConfig, ChannelHealth, PushSubscription
from tanggap.notify.models.cost import Cap, Price
from tanggap.notify.models.message import DeliveryReport, Message, MessageState
from tanggap.notify.models.wording import OptOut, Wording

__all__ = [
    "Cap",
    "Channel",
    "ChannelConfig",
    "ChannelHealth",
    "DeliveryReport",
    "Message",
    "MessageState",
    "OptOut",
    "Price",
    "PushSubscription",
    "Wording",
]
